use harness::faults::on;
use harness::{expect, ohlc, scenario};

scenario! {
    D7 P1 "A reader during a write of several batches gets the complete window, never a part of it"
    from ["decisions.md#missing", "decisions.md#newest-of-a-day"]
    needs [SeveralInstances]
    catches ["partial-window-served"]
    async fn no_partial_read(lab: &mut Lab) {
        let window = ("2025-11-03", "2026-02-03");
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let (writer, reader) = (lab.server().await?, lab.another_server().await?);
        let gate = lab.dynamodb.hold(on("BatchWriteItem").nth(2));
        let writing = writer.begin(ohlc("AAPL").between(window.0, window.1));
        expect("the second batch is on its way", gate.arrived(1).await).is(true)?;
        expect("candles that are there already", lab.table.items_under("AAPL#tiingo").await?.len()).is(25)?;

        let read = reader.ask(ohlc("AAPL").between(window.0, window.1)).await?;
        expect("the reader's candles", read.candles()?).is(lab.tiingo.expected("AAPL", "D", window.0, window.1))?;
        gate.open();
        writing.answer().await?.comes_from("tiingo")?;
    }
}
