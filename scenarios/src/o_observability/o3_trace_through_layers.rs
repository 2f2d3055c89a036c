use std::collections::BTreeSet;

use harness::{Server, Verdict, expect, ohlc, scenario};

scenario! {
    O3 P2 "The spans of a request show the layers that it passed: memory, the table, the provider"
    from ["decisions.md#spans"]
    needs [DropL1, OwnEnvironment, Logs]
    catches ["provider-without-a-span", "spans-without-their-request"]
    async fn trace_through_layers(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.another_server_with([("OHLC_LOG", "debug")]).await?;
        for (id, source, layers) in [
            ("first", "tiingo", ["dynamodb", "in-memory", "provider"].as_slice()),
            ("second", "in-memory", &["in-memory"]),
            ("third", "dynamodb", &["dynamodb", "in-memory"]),
        ] {
            if source == "dynamodb" {
                server.drop_l1().await?;
            }
            let ask = ohlc("AAPL").range("1W").header("X-Request-Id", id);
            server.ask(ask).await?.comes_from(source)?;
            server.idle().await?;
            let passed = spans(&server, id).await?;
            let passed: Vec<&str> = passed.iter().map(String::as_str).collect();
            expect(format!("the spans of the {id} request"), passed).is(layers)?;
        }
    }
}

/// The names of a request's spans, without repetition.
async fn spans(server: &Server, request_id: &str) -> Verdict<BTreeSet<String>> {
    let lines = server.logs().await?.into_iter().filter(|line| line["request_id"] == request_id);
    Ok(lines.filter_map(|line| line["span"].as_str().map(str::to_owned)).collect())
}
