//! Issue 12: an invalidation that came between two batches of a write cleared the first one, and the others were written
//! after it.

use harness::faults::on;
use harness::{expect, ohlc, scenario};

scenario! {
    R12 P1 "A write that an invalidation overtakes leaves nothing in the table"
    from ["decisions.md#invalidation-epoch"]
    needs [OwnEnvironment]
    catches ["overtaken-write-left"]
    async fn invalidation_overtakes_a_write(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.another_server_with([("OHLC_WRITE_WAIT", "1ms")]).await?;
        // A quarter is written in three batches.
        let gate = lab.dynamodb.hold(on("BatchWriteItem").nth(2));
        server.ask(ohlc("AAPL").range("3M")).await?.comes_from("tiingo")?;
        expect("the second batch is under way", gate.arrived(1).await).is(true)?;
        expect("status of the invalidation", server.invalidate(Some("AAPL")).await?.status).is(200)?;
        gate.open();
        server.idle().await?;
        expect("candles that are left", lab.table.items_under("AAPL#tiingo").await?.len()).is(0)?;
    }
}
