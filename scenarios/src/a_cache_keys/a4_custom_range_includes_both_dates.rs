use harness::{expect, ohlc, scenario};

scenario! {
    A4 P1 "Two custom ranges with the same end and different starts have different keys and different candles"
    from ["decisions.md#cache-key"]
    needs []
    catches ["custom-key-without-start"]
    async fn custom_range_includes_both_dates(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        let mut keys = Vec::new();
        for start in ["2025-06-02", "2025-06-16"] {
            let reply = server.ask(ohlc("AAPL").between(start, "2025-06-30")).await?;
            expect("status", reply.status).is(200)?;
            let expected = lab.tiingo.expected("AAPL", "D", start, "2025-06-30");
            expect(format!("the candles since {start}"), reply.candles()?).is(expected)?;
            expect("the window's start", reply.field("start_date")).is(start)?;
            keys.push(reply.cache_key().to_owned());
        }
        expect("the key of the later start", &keys[1]).is_not(&keys[0])?;
    }
}
