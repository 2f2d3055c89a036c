use harness::faults::{BadBody, DropConnection, ErrorAnswer, FaultProxy, Injected, on};
use harness::{expect, ohlc, scenario};

scenario! {
    E1 P0 "If DynamoDB reads fail, for whatever reason, the answer comes from the provider"
    from ["decisions.md#fail-open"]
    needs [DropL1, OwnEnvironment]
    catches ["read-error-passed-on"]
    async fn read_failure_falls_back(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        // A failed call is sent again without a pause worth waiting for.
        let server = lab.another_server_with([("OHLC_BATCH_BACKOFF", "1ms")]).await?;
        let before = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        for (reason, fail) in REASONS {
            server.idle().await?;
            server.drop_l1().await?;
            let failing = fail(&lab.dynamodb);
            let during = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
            expect(format!("reads that failed: {reason}"), failing.applied()).is_not(0)?;
            expect("the candles", during.candles_text()?).is(before.candles_text()?)?;
            failing.end();
        }
    }
}

/// Makes reads fail from now on.
type Fail = fn(&FaultProxy) -> Injected;

const REASONS: [(&str, Fail); 4] = [
    ("an internal error", |dynamodb| dynamodb.inject(on("Query"), ErrorAnswer::internal())),
    ("no such table", |dynamodb| dynamodb.inject(on("Query"), ErrorAnswer::no_such_table())),
    ("a broken connection", |dynamodb| dynamodb.inject(on("Query"), DropConnection)),
    ("an answer cut short", |dynamodb| dynamodb.inject(on("Query"), BadBody::cut_short())),
];
