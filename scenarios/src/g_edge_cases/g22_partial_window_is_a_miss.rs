use harness::{expect, ohlc, scenario};

scenario! {
    G22 P3 required "Monday to Wednesday stored, Monday to Friday asked: the provider is called, and five candles come"
    needs []
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
    }
}
