use harness::{expect, ohlc, scenario};

scenario! {
    S2 P0 "No cache key, lock key or item key holds a token, a provider key or anything about the client"
    from ["decisions.md#no-personal-data"]
    needs [DropL1]
    catches ["token-in-the-cache-key", "token-in-the-partition-key", "visitor-in-the-lock-key"]
    async fn no_secrets_in_keys(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        for about_the_client in ["mallory@example.com", "session-4711-0815", "192.0.2.77"] {
            lab.keeps_secret(about_the_client);
        }
        // A lock is in the table only while it is held.
        let held = lab.tiingo.hold_answers();
        let server = lab.server().await?;
        let ask = ohlc("AAPL").range("1W").header("cookie", "session=session-4711-0815");
        let asking = server.begin(ask.header("x-forwarded-for", "192.0.2.77").header("x-user", "mallory@example.com"));
        expect("a provider call under way", held.arrived(1).await).is(true)?;
        lab.remains().await?.hold_no_secret_in_keys()?;
        held.open();
        asking.answer().await?.comes_from("tiingo")?;
        server.idle().await?;
        server.drop_l1().await?;
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("dynamodb")?;
        lab.remains().await?.hold_no_secret_in_keys()?;
    }
}
