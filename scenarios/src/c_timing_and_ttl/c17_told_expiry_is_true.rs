use harness::{expect, ohlc, scenario};

use crate::vocabulary::deadline::unhurried;

scenario! {
    C17 P1 "cache_expires_at is when what was served stops answering: the same from each layer and at any time, and a stale answer tells when that was"
    from ["decisions.md#answer-expiry", "contract.md#the-answer"]
    needs [Clock, SeveralInstances, OwnEnvironment]
    catches ["answer-outlives-its-candles", "stale-answer-promises-the-future", "ttl-blind-to-early-closes"]
    async fn told_expiry_is_true(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        let week = ohlc("AAPL").range("1W");
        // On the eve of a holiday and of an early close, during that, and before a weekend.
        for (now, end) in [
            ("2025-11-26T22:00:00Z", "2025-11-28T14:30:00Z"),
            ("2025-11-27T22:00:00Z", "2025-11-28T14:30:00Z"),
            ("2025-11-28T17:58:00Z", "2025-11-28T18:00:00Z"),
            ("2025-11-28T18:00:30Z", "2025-12-01T14:30:00Z"),
        ] {
            lab.time_is(now);
            let reply = server.ask(week.clone()).await?;
            expect(format!("the end that is told at {now}"), reply.field("cache_expires_at")).is(end)?;
            server.idle().await?;
        }

        // While the market trades, each time from another layer.
        let hours = ohlc("AAPL").range("1D").resolution("60");
        let (reader, cold) = (lab.another_server().await?, lab.another_server_with(unhurried(lab.time())).await?);
        for (now, server, source) in [
            ("2026-02-03T16:32:00.400Z", &server, "tiingo"),
            ("2026-02-03T16:34:00Z", &server, "in-memory"),
            ("2026-02-03T16:35:00Z", &reader, "dynamodb"),
            ("2026-02-03T16:36:59Z", &reader, "in-memory"),
        ] {
            lab.time_is(now);
            let reply = server.ask(hours.clone()).await?.comes_from(source)?;
            expect(format!("the end that is told at {now}"), reply.field("cache_expires_at")).is("2026-02-03T16:37:00Z")?;
            server.idle().await?;
        }
        // It was true; and who gets it all the same, from memory or from the table, is told when it ended.
        lab.tiingo.unavailable();
        lab.finnhub.unavailable();
        for (now, server) in
            [("2026-02-03T16:37:00Z", &server), ("2026-02-03T16:38:00Z", &reader), ("2026-02-03T16:39:00Z", &cold)]
        {
            lab.time_is(now);
            let stale = server.ask(hours.clone()).await?.comes_from("stale")?;
            expect(format!("stale at {now}"), stale.field("stale")).is(true)?;
            expect(format!("the end that is told at {now}"), stale.field("cache_expires_at")).is("2026-02-03T16:37:00Z")?;
        }
        lab.tiingo.recovers();
        lab.finnhub.recovers();

        // Finished days: 90 days from their fetch, whoever asks in between.
        let june = ohlc("AAPL").between("2025-06-02", "2025-06-06");
        for (now, server, source) in [
            ("2026-02-03T22:00:00Z", &server, "tiingo"),
            ("2026-02-03T22:30:00Z", &server, "in-memory"),
            ("2026-02-13T22:00:00Z", &server, "dynamodb"),
            ("2026-05-04T21:59:59Z", &reader, "dynamodb"),
        ] {
            lab.time_is(now);
            let reply = server.ask(june.clone()).await?.comes_from(source)?;
            expect(format!("the end that is told at {now}"), reply.field("cache_expires_at")).is("2026-05-04T22:00:00Z")?;
            server.idle().await?;
        }
        lab.time_is("2026-05-04T22:00:00Z");
        reader.ask(june).await?.comes_from("tiingo")?;
    }
}
