use harness::faults::{ErrorAnswer, everything};
use harness::{Lab, Verdict, expect, ohlc, scenario};
use serde_json::Value;

scenario! {
    O2 P2 "More than ten DynamoDB errors in a minute raise the alarm: one notice, an hour of silence, then it ends"
    from ["decisions.md#alarms", "decisions.md#published"]
    needs [Clock, SeveralInstances, OwnEnvironment, Logs, Alarms]
    catches [
        "store-failure-without-a-trace",
        "failed-call-counted-twice",
        "metric-renamed",
        "metrics-by-instance",
        "metrics-without-a-sum",
        "metric-time-in-seconds",
    ]
    async fn alarm_chain(lab: &mut Lab) {
        lab.time_is("2026-02-03T15:00:00Z");
        let mut lines = errors(lab, 10).await?;
        expect("notices of ten errors", lab.alarm_on("CacheError", &lines)?.notices.len()).is(0)?;

        // Another instance, half a minute later: it is their sum that counts.
        lab.time_is("2026-02-03T15:00:30Z");
        lines.extend(errors(lab, 1).await?);
        let first = lab.now();
        let raised = lab.alarm_on("CacheError", &lines)?;
        expect("notices of the eleventh", raised.notices).is([first])?;
        expect("who is told", raised.notify).is("chat")?;

        lab.time_is("2026-02-03T15:40:00Z");
        lines.extend(errors(lab, 11).await?);
        expect("notices within the hour", lab.alarm_on("CacheError", &lines)?.notices).is([first])?;
        lab.time_is("2026-02-03T16:40:00Z");
        expect("the alarm an hour later", lab.alarm_on("CacheError", &lines)?.raised).is(true)?;
        lab.time_is("2026-02-03T16:41:00Z");
        expect("the alarm after that hour", lab.alarm_on("CacheError", &lines)?.raised).is(false)?;

        lines.extend(errors(lab, 11).await?);
        expect("notices in all", lab.alarm_on("CacheError", &lines)?.notices).is([first, lab.now()])?;
    }
}

/// The log of an instance that met this many DynamoDB errors and was stopped, so that it has written all its metrics.
async fn errors(lab: &mut Lab, count: usize) -> Verdict<Vec<Value>> {
    // Nobody lists this ticker, so each request is one failed read; and the breaker lets all of them through.
    let server = lab.another_server_with([("OHLC_DYNAMODB_ATTEMPTS", "1"), ("OHLC_BREAKER_THRESHOLD", "1000")]).await?;
    let outage = lab.dynamodb.inject(everything(), ErrorAnswer::internal());
    for _ in 0..count {
        server.ask(ohlc("NOPE").range("1W")).await?;
    }
    expect("calls that failed", outage.applied()).is(count)?;
    outage.end();
    lab.stop(&server).await?;
    server.logs().await
}
