use harness::{expect, ohlc, scenario};

scenario! {
    C13 P2 "A process in Los Angeles at 23:00 local time, and one at 00:00 UTC, use New York's date"
    from ["decisions.md#market-day"]
    needs [Clock, SeveralInstances, OwnEnvironment]
    catches ["date-of-local-time-zone", "date-of-utc"]
    async fn market_timezone_rules(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        for (zone, now, day) in [
            ("America/Los_Angeles", "2026-02-04T07:00:00Z", "2026-02-04"),
            ("Etc/UTC", "2026-02-04T00:00:00Z", "2026-02-03"),
            ("Asia/Tokyo", "2026-02-03T15:30:00Z", "2026-02-03"),
        ] {
            lab.time_is(now);
            let server = lab.another_server_with([("TZ", zone)]).await?;
            let reply = server.ask(ohlc("AAPL").range("1W")).await?;
            expect(format!("the key in {zone} at {now}"), reply.cache_key()).is(format!("ohlc:AAPL:D:1W:{day}"))?;
            expect(format!("the window's end in {zone}"), reply.field("end_date")).is(day)?;
        }
    }
}
