use harness::faults::on;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::deadline::short;

scenario! {
    D25 P2 "Past the deadline, stale data in memory is served as stale, with its age"
    from ["decisions.md#at-hand"]
    needs [Clock, SeveralInstances, OwnEnvironment]
    catches ["stale-memory-ignored"]
    async fn timeout_serves_stale_l1(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let writer = lab.server().await?;
        let server = lab.another_server_with(short(lab.time())).await?;
        writer.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        writer.idle().await?;
        let fresh = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("dynamodb")?;

        lab.time_is("2026-02-03T23:30:00Z"); // memory keeps nothing longer than an hour
        let gate = lab.dynamodb.hold(on("Query").pk("AAPL#tiingo"));
        let stale = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("stale")?;
        expect("calls that are still held", gate.arrivals()).is(1)?;
        expect("X-Cache-Age", stale.header("x-cache-age")).is("5400")?;
        expect("stale", stale.field("stale")).is(true)?;
        expect("its candles", stale.candles_text()?).is(fresh.candles_text()?)?;
    }
}
