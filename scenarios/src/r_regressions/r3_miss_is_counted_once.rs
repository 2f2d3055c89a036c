//! Issue 3: a plain miss looks into the table twice, before the lock and under it, and counted as two misses, so the hit
//! rate meant nothing.

use harness::faults::{ErrorAnswer, on};
use harness::observe::journal::Party;
use harness::{expect, ohlc, scenario};

scenario! {
    R3 P1 "A miss is one CacheMiss of DynamoDB although it looks twice; a failed look is none"
    from ["decisions.md#later-looks-counted"]
    needs [Metrics]
    catches ["every-look-counted"]
    async fn miss_is_counted_once(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        let calls = lab.journal.to(Party::DynamoDb);
        let consistent = |strong: bool| {
            let reads = calls.iter().filter(|call| call.operation == "Query");
            reads.filter(|call| call.request["ConsistentRead"].as_bool().unwrap_or_default() == strong).count()
        };
        expect("looks before the lock, and under it", [consistent(false), consistent(true)])
            .holds("some of each", |looks| looks.iter().all(|count| *count > 0))?;
        expect("misses", server.metrics().await?.count("CacheMiss{layer=\"dynamodb\"}")).is(1)?;

        lab.tiingo.lists("MSFT").since("2020-01-02");
        lab.dynamodb.inject(on("Query"), ErrorAnswer::internal());
        server.ask(ohlc("MSFT").range("1W")).await?.comes_from("tiingo")?;
        expect("misses so far", server.metrics().await?.count("CacheMiss{layer=\"dynamodb\"}")).is(1)?;
    }
}
