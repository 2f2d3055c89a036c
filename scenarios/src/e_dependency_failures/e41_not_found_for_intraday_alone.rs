use harness::{expect, ohlc, scenario};

scenario! {
    E41 P1 "A 404 for a ticker's intraday candles says nothing about the ticker: the other provider is asked, then daily candles stand in"
    from ["decisions.md#falls-back", "contract.md#intraday-fallback"]
    needs []
    catches ["any-404-is-the-last-word"]
    async fn not_found_for_intraday_alone(lab: &mut Lab) {
        for ticker in ["AAPL", "MSFT"] {
            lab.tiingo.lists(ticker).since("2020-01-02");
        }
        let server = lab.server().await?;
        let hours = |ticker| ohlc(ticker).range("1W").resolution("60");

        lab.tiingo.answers(404).for_calls(1);
        let reply = server.ask(hours("AAPL")).await?.comes_from("finnhub")?;
        expect("the candles", reply.candles()?).is(lab.tiingo.expected("AAPL", "60", "2026-01-27", "2026-02-03"))?;

        lab.tiingo.answers(404).for_calls(1);
        lab.finnhub.unavailable();
        let reply = server.ask(hours("MSFT")).await?.comes_from("tiingo")?;
        expect("that daily candles stand in", reply.field("resolution_fallback")).is(true)?;
        expect("the candles", reply.candles()?).is(lab.tiingo.expected("MSFT", "D", "2026-01-27", "2026-02-03"))?;
    }
}
