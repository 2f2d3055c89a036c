use harness::faults::{PartialBatch, on};
use harness::{expect, ohlc, scenario};

use crate::vocabulary::metrics;

scenario! {
    M5 P1 "UnprocessedWriteItems grows by the number of items given up, and by nothing before; nothing of such a write remains"
    from ["decisions.md#alarm-worth", "decisions.md#all-batches-are-rolled-back"]
    needs [OwnEnvironment, Logs, Metrics]
    catches ["unprocessed-writes-counted-not-items", "alarms-counted-twice", "unprocessed-items-not-sent-again"]
    async fn unprocessed_items_metric(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.tiingo.lists("MSFT").since("2020-01-02");
        let server = lab.another_server_with([("OHLC_BATCH_BACKOFF", "1ms")]).await?;
        // Six candles, all of which get through in the end: 3, then 3.
        let partial = lab.dynamodb.inject(on("BatchWriteItem").first(1), PartialBatch::keeping(3));
        server.ask(ohlc("MSFT").range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;
        expect("batches that were cut", partial.applied()).is(1)?;
        expect("what was given up", server.metrics().await?.count("UnprocessedWriteItems")).is(0)?;

        // Six candles, of which each of four attempts takes one.
        let partial = lab.dynamodb.inject(on("BatchWriteItem").first(4), PartialBatch::keeping(1));
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;
        expect("batches that were cut", partial.applied()).is(4)?;
        expect("candles left of it", lab.table.items_under("AAPL#tiingo").await?.len()).is(0)?;
        let given_up = metrics::in_the_end(lab, &server, "UnprocessedWriteItems").await?;
        expect("UnprocessedWriteItems, on /metrics and in the log", given_up).is([2, 2])?;
    }
}
