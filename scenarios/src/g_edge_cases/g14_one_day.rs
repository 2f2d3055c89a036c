use harness::{expect, ohlc, scenario};

scenario! {
    G14 P3 "The range 1D is today alone, neither empty nor yesterday"
    from ["contract.md#the-request", "decisions.md#market-day"]
    needs [Clock]
    catches ["date-of-utc"]
    async fn one_day(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        for now in ["2026-02-03T15:00:00Z", "2026-02-03T22:00:00Z", "2026-02-04T02:00:00Z"] {
            lab.time_is(now);
            let reply = server.ask(ohlc("AAPL").range("1D")).await?;
            let today = lab.tiingo.expected("AAPL", "D", "2026-02-03", "2026-02-03");
            expect("candles of today", today.len()).is(1)?;
            expect(format!("candles at {now}"), reply.candles()?).is(today)?;
        }
    }
}
