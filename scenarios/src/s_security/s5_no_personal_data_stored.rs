use harness::{expect, ohlc, scenario};

scenario! {
    S5 P0 "Items hold exactly the attributes of the contract: no user, no address, no session"
    from ["contract.md#items", "decisions.md#no-personal-data"]
    needs []
    catches ["visitor-stored-with-the-candle", "address-stored-with-the-candle"]
    async fn no_personal_data_stored(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        let ask = ohlc("AAPL").range("1W").header("x-forwarded-for", "192.0.2.77");
        server.ask(ask.header("x-user", "mallory@example.com")).await?.comes_from("tiingo")?;
        server.idle().await?;

        let remains = lab.remains().await?;
        remains.hold_only_what_the_contract_lists()?;
        let listed = [
            "ExpiresAt", "PK", "SK", "adjusted_by", "close", "fetched_at", "fetched_window", "high", "is_closed", "low", "on_ex_date", "open",
            "volume",
        ];
        let listed = listed.map(str::to_owned);
        expect("items", remains.items.len()).is(6)?;
        for item in &remains.items {
            expect("a candle's attributes", item.names().map(str::to_owned).collect::<Vec<_>>()).is(listed.to_vec())?;
        }
    }
}
