use std::time::Duration;

use harness::faults::{PartialBatch, on};
use harness::{Lab, expect, ohlc, scenario};

scenario! {
    E14 P1 "Only unprocessed items are sent again, at most three times, with growing pauses"
    from ["decisions.md#sent-again", "decisions.md#batch-retries", "decisions.md#batch-pause"]
    needs [DropL1, OwnEnvironment]
    catches [
        "unprocessed-items-not-sent-again",
        "whole-batch-sent-again",
        "unprocessed-items-sent-again-for-long",
        "unprocessed-items-sent-again-at-once",
    ]
    async fn partial_batch_retried(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.tiingo.lists("MSFT").since("2020-01-02");
        let server = lab.another_server_with([("OHLC_BATCH_BACKOFF", "10ms")]).await?;
        let partial = lab.dynamodb.inject(on("BatchWriteItem"), PartialBatch::keeping(2));
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;
        partial.end();
        let sizes: Vec<usize> = puts(lab).into_iter().map(|(_, size)| size).collect();
        expect("items of each attempt", sizes).is([6, 4, 2])?;
        server.drop_l1().await?;
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("dynamodb")?;

        let before = puts(lab).len();
        lab.dynamodb.inject(on("BatchWriteItem").first(4), PartialBatch::keeping(0));
        server.ask(ohlc("MSFT").range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;
        let attempts = puts(lab).split_off(before);
        expect("attempts at a batch that never gets through", attempts.len()).is(4)?;
        let pauses: Vec<Duration> = attempts.windows(2).map(|two| two[1].0 - two[0].0).collect();
        // A busy machine makes pauses longer, never shorter.
        let growing = [10, 20, 40].map(Duration::from_millis);
        let long_enough = |pauses: &Vec<Duration>| pauses.iter().zip(growing).all(|(pause, least)| *pause >= least);
        expect("pauses between them", pauses).holds(format!("at least {growing:?}"), long_enough)?;
    }
}

/// When each batch of candles was sent, and how many items it had.
fn puts(lab: &Lab) -> Vec<(Duration, usize)> {
    let batches = lab.journal.to(harness::observe::journal::Party::DynamoDb).into_iter();
    let batches = batches.filter(|call| call.operation == "BatchWriteItem").map(|call| {
        let requests = call.request["RequestItems"][lab.table.name()].as_array().cloned().unwrap_or_default();
        (call.at, requests.iter().filter(|request| request["PutRequest"].is_object()).count())
    });
    batches.filter(|(_, size)| *size > 0).collect()
}
