use std::time::Duration;

use harness::faults::on;
use harness::{expect, ohlc, scenario};

scenario! {
    F10 P2 "On SIGTERM the server finishes answers and writes under way, refuses new connections, and exits with 0"
    from ["decisions.md#finishes-while-stopping", "decisions.md#refuses-while-stopping"]
    needs [OwnEnvironment, Signals]
    catches ["work-under-way-dropped", "write-forgotten-when-answered", "listens-while-stopping"]
    async fn graceful_shutdown(lab: &mut Lab) {
        for ticker in ["AAPL", "MSFT"] {
            lab.tiingo.lists(ticker).since("2020-01-02");
        }
        let server = lab.another_server_with([("OHLC_WRITE_WAIT", "1ms")]).await?;
        // One answer is out and its write, of three batches, is not done; the other answer is not out yet.
        let writing = lab.dynamodb.hold(on("BatchWriteItem").first(1));
        let written = server.ask(ohlc("AAPL").range("3M")).await?.comes_from("tiingo")?.candles()?;
        expect("a write is under way", writing.arrived(1).await).is(true)?;
        let answering = lab.tiingo.hold_answers_about("MSFT");
        let asked = server.begin(ohlc("MSFT").range("1W"));
        expect("an answer is under way", answering.arrived(1).await).is(true)?;

        let stopping = lab.begin_to_stop(&server)?;
        expect("new connections being refused", server.refuses_connections().await?).is(true)?;
        answering.open();
        asked.answer().await?.comes_from("tiingo")?;
        let early = stopping.has_ended_within(Duration::from_millis(300)).await?;
        expect("an end before the write's", early).is(false)?;
        writing.open();
        expect("the exit code", stopping.exit_code().await?).is(Some(0))?;
        expect("candles stored", lab.table.items_under("AAPL#tiingo").await?.len()).is(written.len())?;
        let last = lab.tiingo.expected("MSFT", "D", "2026-01-27", "2026-02-03");
        expect("candles stored of the last answer", lab.table.items_under("MSFT#tiingo").await?.len()).is(last.len())?;
    }
}
