use harness::{expect, ohlc, scenario};

scenario! {
    G2 P2 required "A holiday is as a weekend: July 4th as it was observed, Good Friday, Juneteenth"
    needs [Clock]
    catches ["sessions-every-weekday"]
    async fn holiday(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.time_is("2026-07-06T22:00:00Z");
        let server = lab.server().await?;
        for holiday in ["2026-07-03", "2026-04-03", "2026-06-19", "2025-07-04"] {
            let reply = server.ask(ohlc("AAPL").between(holiday, holiday)).await?.comes_from("none")?;
            expect(format!("candles of {holiday}"), reply.candles()?.len()).is(0)?;
        }
        server.idle().await?;
        expect("provider calls", lab.tiingo.calls().len() + lab.finnhub.calls().len()).is(0)?;
        expect("items stored", lab.table.items().await?.len()).is(0)?;
    }
}
