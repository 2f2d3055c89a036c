use harness::{expect, ohlc, scenario};

scenario! {
    D1 P0 "10 concurrent requests on one instance cause one provider call and get ten equal answers"
    from ["decisions.md#single-flight"]
    needs [Metrics]
    catches ["no-single-flight"]
    async fn thundering_herd(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.tiingo.lists("MSFT").since("2020-01-02");
        let server = lab.server().await?;
        let gate = lab.tiingo.hold_answers_about("AAPL");
        let asked: Vec<_> = (0..10).map(|_| server.begin(ohlc("AAPL").range("1M"))).collect();
        expect("all ten are in", server.has_counted("CacheMiss{layer=\"in-memory\"}", 10).await?).is(true)?;
        // While this one goes all the way and back, anyone else would have got as far as the provider.
        server.ask(ohlc("MSFT").range("1M")).await?.comes_from("tiingo")?;
        gate.open();

        let mut answers = Vec::new();
        for asking in asked {
            answers.push(asking.answer().await?.comes_from("tiingo")?);
        }
        expect("provider calls", lab.tiingo.calls_about("AAPL").len()).is(1)?;
        for answer in &answers[1..] {
            expect("an answer, compared with the first", &answer.text).is(&answers[0].text)?;
        }
    }
}
