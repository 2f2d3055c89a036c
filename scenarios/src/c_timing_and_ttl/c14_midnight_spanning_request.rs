use harness::observe::journal::Party;
use harness::{expect, ohlc, scenario};

scenario! {
    C14 P2 "A request that starts at 23:59:58 in New York and ends after midnight reads and writes under one key"
    from ["decisions.md#frozen-request", "decisions.md#kept-under"]
    needs [Clock]
    catches ["key-computed-twice"]
    async fn midnight_spanning_request(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.time_is("2026-02-04T04:59:58Z");
        let server = lab.server().await?;
        let gate = lab.tiingo.hold_answers();
        let asking = server.begin(ohlc("AAPL").range("1W"));
        expect("the provider is asked", gate.arrived(1).await).is(true)?;
        lab.time_is("2026-02-04T05:00:03Z");
        gate.open();
        let reply = asking.answer().await?.comes_from("tiingo")?;
        expect("its key", reply.cache_key()).is("ohlc:AAPL:D:1W:2026-02-03")?;
        server.idle().await?;

        let locks: Vec<String> = lab
            .journal
            .to(Party::DynamoDb)
            .into_iter()
            .filter_map(|call| {
                let key = if call.operation == "PutItem" { &call.request["Item"] } else { &call.request["Key"] };
                (key["SK"]["S"] == "LOCK").then(|| key["PK"]["S"].as_str().unwrap_or_default().to_owned())
            })
            .collect();
        expect("the lock that was taken and given back", locks).is(["LOCK#ohlc:AAPL:D:1W:2026-02-03"; 2])?;

        // The new day's request must not be given the old day's answer.
        let next = server.ask(ohlc("AAPL").range("1W")).await?;
        expect("where the next day's answer comes from", next.source()).is_not("in-memory")?;
        expect("its window's end", next.field("end_date")).is("2026-02-04")?;
    }
}
