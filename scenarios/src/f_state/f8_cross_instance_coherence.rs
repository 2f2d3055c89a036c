use harness::{expect, ohlc, scenario};

scenario! {
    F8 P2 "What one instance fetched another reads from the table, in either direction"
    from ["decisions.md#partition-key", "decisions.md#kept-from"]
    needs [SeveralInstances]
    catches ["table-of-one-instance", "memory-alone-keeps-answers"]
    async fn cross_instance_coherence(lab: &mut Lab) {
        let (one, other) = (lab.server().await?, lab.another_server().await?);
        for (ticker, resolution, writer, reader) in
            [("AAPL", "D", &one, &other), ("MSFT", "5", &other, &one), ("BRK.B", "60", &one, &other)]
        {
            lab.tiingo.lists(ticker).since("2020-01-02");
            let ask = ohlc(ticker).range("1W").resolution(resolution);
            let written = writer.ask(ask.clone()).await?.comes_from("tiingo")?;
            writer.idle().await?;
            let read = reader.ask(ask).await?.comes_from("dynamodb")?;
            expect(format!("the candles of {ticker}"), read.candles_text()?).is(written.candles_text()?)?;
        }
        expect("provider calls in all", lab.tiingo.calls().len()).is(3)?;
    }
}
