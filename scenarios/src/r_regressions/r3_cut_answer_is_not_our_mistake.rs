//! Issue 3: the log called a truncated DynamoDB answer "request could not be built", which sent operators to the wrong
//! place.

use harness::faults::{BadBody, DropConnection, ErrorAnswer, FaultProxy, Injected, Latency, on};
use harness::{band, expect, milliseconds, ohlc, scenario};

scenario! {
    R3 P2 "The log line of a failed DynamoDB call names the operation and the cause"
    from ["decisions.md#store-failure"]
    needs [OwnEnvironment, Logs]
    catches ["unknown-failures-taken-as-our-mistake", "store-failure-without-a-trace"]
    async fn cut_answer_is_not_our_mistake(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        for (fail, cause) in CAUSES {
            let impatient = [("OHLC_DYNAMODB_ATTEMPTS", "1".to_owned()), ("OHLC_DYNAMODB_TIMEOUT", milliseconds(500))];
            let server = lab.another_server_with(impatient).await?;
            let failing = fail(&lab.dynamodb);
            server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
            server.idle().await?;
            failing.end();
            let lines = server.logs().await?;
            let failed = lines.iter().find(|line| line["outcome"] == "dynamodb_failed");
            let line = expect(format!("a line about {cause}"), failed).is_there()?;
            expect("its operation", &line["operation"]).is("Query")?;
            expect("its cause", &line["cause"]).is(cause)?;
        }
    }
}

/// Makes reads fail from now on.
type Fail = fn(&FaultProxy) -> Injected;

/// Ways in which a read fails, and what the log says about each.
const CAUSES: [(Fail, &str); 4] = [
    (|dynamodb| dynamodb.inject(on("Query"), ErrorAnswer::internal()), "InternalServerError"),
    (|dynamodb| dynamodb.inject(on("Query"), DropConnection), "connection"),
    (|dynamodb| dynamodb.inject(on("Query"), BadBody::cut_short()), "unreadable answer"),
    (|dynamodb| dynamodb.inject(on("Query"), Latency::of(band(1_000))), "timeout"),
];
