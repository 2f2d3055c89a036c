//! Issue 2: log lines did not say which request they belong to. The span that carries request id, ticker and key was
//! created outside the logs of its instance.

use harness::{expect, ohlc, scenario};
use serde_json::{Value, json};

scenario! {
    R2 P1 "The log line of an answer names its request, ticker, resolution and key, in each of two instances"
    from ["decisions.md#spans", "contract.md#logs"]
    needs [SeveralInstances, Logs]
    catches ["request-spans-of-no-instance"]
    async fn log_lines_name_their_request(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        for (id, source) in [("the-first", "tiingo"), ("the-second", "dynamodb")] {
            let server = lab.another_server().await?;
            let ask = ohlc("AAPL").range("1W").header("X-Request-Id", id);
            let reply = server.ask(ask).await?.comes_from(source)?;
            server.idle().await?;

            let about = |line: &Value| line["ticker"] == "AAPL" && line["_aws"].is_null();
            let lines: Vec<Value> = server.logs().await?.into_iter().filter(about).collect();
            expect(format!("lines about AAPL in the log of {id}"), lines.len()).is_not(0)?;
            for line in lines {
                let named = ["request_id", "resolution", "cache_key"].map(|field| line[field].clone());
                expect(format!("what a line says of {id}"), named).is([
                    json!(id),
                    json!("D"),
                    json!(reply.cache_key()),
                ])?;
            }
        }
    }
}
