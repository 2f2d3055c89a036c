use harness::faults::on;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::deadline::{last_answer_took, short};

scenario! {
    D28 P2 "A write slower than the deadline neither delays the answer nor is cancelled by the deadline"
    from ["decisions.md#write-through-and-idleness", "decisions.md#write-wait"]
    needs [OwnEnvironment]
    catches ["write-inside-the-ceiling"]
    async fn write_outside_ceiling(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        // The answer waits for its write longer than the deadline allows, so the deadline has passed when it comes.
        // A write that is held must not be sent again meanwhile, so DynamoDB has more time than that.
        let time = lab.time();
        let wait = format!("{}ms", time.milliseconds(6_000, 500).as_millis());
        let server = lab.another_server_with(short(time).into_iter().chain([("OHLC_WRITE_WAIT", wait)])).await?;
        let gate = lab.dynamodb.hold(on("BatchWriteItem"));
        let reply = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        expect("writes that are still held", gate.arrivals()).is(1)?;
        let took = expect("the time that the answer took", last_answer_took(lab)).is_there()?;
        expect("the time that the answer took", took).lies_in(&time.exactly_or_at_least(6_000, 500))?;
        gate.open();
        server.idle().await?;
        expect("candles stored", lab.table.items_under("AAPL#tiingo").await?.len()).is(reply.candles()?.len())?;
    }
}
