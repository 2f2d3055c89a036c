use std::time::Duration;

use harness::faults::{Latency, on};
use harness::{ohlc, scenario};

scenario! {
    C12 P2 "After an answer is sent, the same request on another instance is a hit in the table"
    from ["decisions.md#write-wait"]
    needs [SeveralInstances]
    catches ["write-through-not-awaited"]
    async fn write_then_read(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let first = lab.server().await?;
        let second = lab.another_server().await?;
        // Slow enough that an answer which did not wait for it is out long before.
        lab.dynamodb.inject(on("BatchWriteItem"), Latency::of(Duration::from_millis(400)));
        first.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        second.ask(ohlc("AAPL").range("1W")).await?.comes_from("dynamodb")?;
    }
}
