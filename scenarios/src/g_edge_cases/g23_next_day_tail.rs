use harness::{expect, ohlc, scenario};

scenario! {
    G23 P3 "The same range a day later holds the newest session, even if as many older candles are stored"
    from ["decisions.md#missing"]
    needs [Clock, DropL1]
    catches ["five-sevenths-of-the-days-are-enough"]
    async fn next_day_tail(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;
        server.drop_l1().await?;
        lab.time_is("2026-02-04T22:00:00Z");
        let reply = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        expect("the candles", reply.candles()?).is(lab.tiingo.expected("AAPL", "D", "2026-01-28", "2026-02-04"))?;
    }
}
