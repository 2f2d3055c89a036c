use harness::{expect, ohlc, scenario};

use crate::vocabulary::locks;

scenario! {
    D39 P2 "Across midnight, a request's key, dates, source and times agree in headers, body, items and logs"
    from ["decisions.md#frozen-request"]
    needs [Clock, Logs]
    catches ["key-computed-twice", "ttl-from-the-write"]
    async fn context_is_immutable(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.time_is("2026-02-04T04:59:58Z"); // 23:59:58 on February 3rd in New York
        let server = lab.server().await?;
        let gate = lab.tiingo.hold_answers();
        let asking = server.begin(ohlc("AAPL").range("1W").header("X-Request-Id", "over-midnight"));
        expect("the provider is asked", gate.arrived(1).await).is(true)?;
        lab.time_is("2026-02-04T05:00:03Z");
        gate.open();
        let reply = asking.answer().await?.comes_from("tiingo")?;
        server.idle().await?;

        let key = "ohlc:AAPL:D:1W:2026-02-03";
        expect("X-Cache-Key", reply.cache_key()).is(key)?;
        expect("the window", [reply.field("start_date"), reply.field("end_date")]).is(["2026-01-27", "2026-02-03"])?;
        expect("the lock", locks::tried(lab)).is([(format!("LOCK#{key}"), 200)])?;
        let begun = "2026-02-04T04:59:58Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap_or_default().timestamp();
        let expires_at = (begun + crate::vocabulary::expiry::LONG).to_string();
        for item in lab.table.items_under("AAPL#tiingo").await? {
            expect("fetched_at of an item", item.s("fetched_at")).is(Some("2026-02-04T04:59:58Z"))?;
            expect("ExpiresAt of an item", item.n("ExpiresAt")).is(Some(expires_at.as_str()))?;
        }
        let lines = server.logs().await?.into_iter();
        let lines: Vec<_> = lines.filter(|line| line["request_id"] == "over-midnight").collect();
        expect("log lines with its key", lines.iter().filter(|line| line["cache_key"] == key).count())
            .is(lines.len())?;
        let sources: Vec<_> = lines.iter().filter_map(|line| line["source"].as_str()).collect();
        expect("the source in the logs", sources).is([reply.source()])?;
        // Kept under the same key, too: the new day's request gets no answer of the old day.
        let next = server.ask(ohlc("AAPL").range("1W")).await?;
        expect("the window's end on the next day", next.field("end_date")).is("2026-02-04")?;
    }
}
