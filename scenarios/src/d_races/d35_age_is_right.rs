use harness::{expect, ohlc, scenario};

scenario! {
    D35 P2 "X-Cache-Age counts whole seconds since the fetch, in either layer, and restarts with the next fetch"
    from ["decisions.md#age", "contract.md#headers"]
    needs [Clock, DropL1]
    catches ["age-since-process-start", "age-survives-eviction"]
    async fn age_is_right(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        for (now, source, age) in [
            ("2026-02-03T22:00:00Z", "tiingo", "0"),
            ("2026-02-03T22:01:40Z", "in-memory", "100"),
            ("2026-02-03T22:03:20Z", "dynamodb", "200"),
            ("2026-02-03T22:05:00Z", "tiingo", "0"),
            ("2026-02-03T22:05:40Z", "in-memory", "40"),
        ] {
            lab.time_is(now);
            match source {
                "dynamodb" => server.drop_l1().await?,
                "tiingo" => expect("status of the invalidation", server.invalidate(None).await?.status).is(200)?,
                _ => {}
            }
            let reply = server.ask(ohlc("AAPL").range("1W")).await?.comes_from(source)?;
            expect(format!("X-Cache-Age at {now}"), reply.header("x-cache-age")).is(age)?;
            server.idle().await?;
        }
    }
}
