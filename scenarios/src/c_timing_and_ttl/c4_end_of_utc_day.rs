use harness::{expect, ohlc, scenario};

use crate::vocabulary::expiry::{LONG, SHORT, seconds_left};

scenario! {
    C4 P1 "Around midnight in UTC, the cache key and the TTL follow New York's date"
    from ["decisions.md#market-day", "decisions.md#item-expiry"]
    needs [Clock]
    catches ["date-of-utc", "ttl-by-the-date-of-utc"]
    async fn end_of_utc_day(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        for now in ["2026-02-03T23:59:00Z", "2026-02-04T00:01:00Z"] {
            lab.time_is(now);
            let reply = server.ask(ohlc("AAPL").range("1D").resolution("5")).await?;
            expect(format!("the key at {now}"), reply.cache_key()).is("ohlc:AAPL:5:1D:2026-02-03")?;
            expect(format!("the window's end at {now}"), reply.field("end_date")).is("2026-02-03")?;
        }
        server.idle().await?;
        let left = seconds_left(lab, "AAPL#tiingo", "5#2026-02-03T20:55:00Z").await?;
        expect("seconds until the evening's last candle expires", left)
            .holds("90 days, less the minutes since", |left| (LONG - 120..=LONG).contains(left))?;

        // Trading: a short life.
        lab.time_is("2026-02-04T15:00:00Z");
        lab.tiingo.lists("MSFT").since("2020-01-02");
        server.ask(ohlc("MSFT").range("1D").resolution("5")).await?.comes_from("tiingo")?;
        server.idle().await?;
        let left = seconds_left(lab, "MSFT#tiingo", "5#2026-02-04T14:30:00Z").await?;
        expect("seconds until a candle of the morning expires", left).is(SHORT)?;
    }
}
