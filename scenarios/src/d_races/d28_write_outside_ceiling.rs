use harness::faults::on;
use harness::{expect, milliseconds, ohlc, scenario};

use crate::vocabulary::deadline::short;

scenario! {
    D28 P2 "A write slower than the deadline neither delays the answer nor is cancelled by the deadline"
    from ["decisions.md#write-through-and-idleness", "decisions.md#write-wait"]
    needs [OwnEnvironment]
    catches ["write-inside-the-ceiling"]
    async fn write_outside_ceiling(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        // The answer waits for its write longer than the ceiling is high, so the ceiling has passed when it comes.
        // A write that is held must not be sent again meanwhile, so DynamoDB has more time than that.
        let waits = [("OHLC_WRITE_WAIT", milliseconds(500)), ("OHLC_DYNAMODB_TIMEOUT", milliseconds(2_000))];
        let server = lab.another_server_with(short().into_iter().chain(waits)).await?;
        let gate = lab.dynamodb.hold(on("BatchWriteItem"));
        let reply = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        expect("writes that are still held", gate.arrivals()).is(1)?;
        gate.open();
        server.idle().await?;
        expect("candles stored", lab.table.items_under("AAPL#tiingo").await?.len()).is(reply.candles()?.len())?;
    }
}
