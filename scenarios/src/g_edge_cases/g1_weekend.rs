use harness::{expect, ohlc, scenario};

scenario! {
    G1 P2 "A weekend is a 200 without candles, without a provider call, and nothing is stored"
    from ["contract.md#no-trading", "decisions.md#sessions"]
    needs [Clock]
    catches ["empty-answer-is-unknown-ticker", "sessions-every-day-of-the-week"]
    async fn weekend(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.time_is("2026-02-07T17:00:00Z"); // Saturday noon
        let server = lab.server().await?;
        for ask in [
            ohlc("AAPL").range("1D"),
            ohlc("AAPL").range("1D").resolution("5"),
            ohlc("AAPL").between("2026-01-31", "2026-02-01"),
        ] {
            let reply = server.ask(ask).await?.comes_from("none")?;
            expect("candles", reply.candles()?.len()).is(0)?;
            expect("the count", reply.field("count")).is(0)?;
        }
        server.idle().await?;
        expect("provider calls", lab.tiingo.calls().len() + lab.finnhub.calls().len()).is(0)?;
        expect("items stored", lab.table.items().await?.len()).is(0)?;
    }
}
