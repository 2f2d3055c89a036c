use harness::{expect, ohlc, scenario};

scenario! {
    G22 P3 "With Monday to Wednesday stored, a request for Monday to Friday calls the provider and gets five candles; so it does if any bar is missing"
    from ["decisions.md#missing"]
    needs [DropL1]
    catches ["four-fifths-are-enough", "half-is-enough", "five-sevenths-of-the-days-are-enough"]
    async fn partial_window_is_a_miss(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        for last in ["2026-01-14", "2026-01-15", "2026-01-16"] {
            let reply = server.ask(ohlc("AAPL").between("2026-01-12", last)).await?.comes_from("tiingo")?;
            server.idle().await?;
            expect("the candles", reply.candles()?).is(lab.tiingo.expected("AAPL", "D", "2026-01-12", last))?;
        }
        expect("provider calls", lab.tiingo.calls().len()).is(3)?;

        lab.tiingo.lists("MSFT").since("2020-01-02");
        for resolution in ["60", "30", "15", "5", "1"] {
            let ask = ohlc("MSFT").between("2026-01-16", "2026-01-16").resolution(resolution);
            let whole = server.ask(ask.clone()).await?.comes_from("tiingo")?;
            // The second bar, the one in the middle, and the last one.
            let bars = whole.candles()?;
            server.idle().await?;
            let stored = lab.table.items_under("MSFT#tiingo").await?;
            // By the sessions alone: nothing had to be recorded as absent.
            let claims = stored.iter().filter(|item| item.n("open").is_none()).count();
            expect(format!("records of absent bars at {resolution}"), claims).is(0)?;
            for bar in [&bars[1], &bars[bars.len() / 2], &bars[bars.len() - 1]] {
                server.idle().await?;
                server.drop_l1().await?;
                lab.table.delete("MSFT#tiingo", &format!("{resolution}#{}", bar.time)).await?;
                let again = server.ask(ask.clone()).await?.comes_from("tiingo")?;
                expect(format!("candles without {} at {resolution}", bar.time), again.candles()?).is(bars.clone())?;
            }
        }
    }
}
