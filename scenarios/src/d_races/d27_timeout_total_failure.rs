use harness::faults::on;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::deadline::{short, last_answer_took};

scenario! {
    D27 P2 "Past the deadline with nothing at hand, the answer is 503 with Retry-After 5 and X-Cache-Source none"
    from ["decisions.md#nothing-at-hand", "decisions.md#ceiling"]
    needs [OwnEnvironment]
    catches ["no-ceiling", "nothing-served-as-200"]
    async fn timeout_total_failure(lab: &mut Lab) {
        let server = lab.another_server_with(short(lab.time())).await?;
        lab.tiingo.hangs();
        lab.finnhub.hangs();
        let gate = lab.dynamodb.hold(on("Query").pk("AAPL#tiingo"));
        let nothing = server.ask(ohlc("AAPL").range("1W")).await?;
        expect("looks that are still held", gate.arrivals()).is(2)?;
        expect("status", nothing.status).is(503)?;
        expect("Retry-After", nothing.header("retry-after")).is("5")?;
        expect("X-Cache-Source", nothing.source()).is("none")?;
        expect("code", nothing.field("code")).is("unavailable")?;
        // The deadline and the last look. Without a deadline DynamoDB's timeout alone is ten seconds.
        let took = expect("the time that the answer took", last_answer_took(lab)).is_there()?;
        expect("the time that the answer took", took).lies_in(&lab.time().exactly_or_at_most(5_000 + 100, 1_500))?;
    }
}
