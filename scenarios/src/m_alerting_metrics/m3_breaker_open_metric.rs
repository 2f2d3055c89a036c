use harness::faults::{ErrorAnswer, everything, on};
use harness::{expect, ohlc, scenario};

use crate::vocabulary::{breaker, metrics};

scenario! {
    M3 P1 "CircuitBreakerOpen counts each opening once, and no failed probe"
    from ["decisions.md#alarm-worth"]
    needs [Clock, DropL1, OwnEnvironment, Logs, Metrics]
    catches ["openings-not-counted", "failed-probe-counted-as-an-opening", "alarms-counted-twice"]
    async fn breaker_open_metric(lab: &mut Lab) {
        let server = breaker::opened(lab).await?;
        let probe = lab.dynamodb.inject(on("Query").first(1), ErrorAnswer::internal());
        for (now, openings) in [
            ("2026-02-03T22:00:30Z", 1), // open, and left alone
            ("2026-02-03T22:01:00Z", 1), // a probe, which fails
            ("2026-02-03T22:02:00Z", 1), // a probe, which closes it
            ("2026-02-03T22:02:01Z", 2), // the next outage
        ] {
            lab.time_is(now);
            let outage = (openings == 2).then(|| lab.dynamodb.inject(everything(), ErrorAnswer::internal()));
            for ticker in ["AAPL", "MSFT", "NVDA"] {
                lab.tiingo.lists(ticker).since("2020-01-02");
                expect("status", server.ask(ohlc(ticker).range("3M")).await?.status).is(200)?;
                server.idle().await?;
                server.drop_l1().await?;
            }
            let counted = server.metrics().await?.count("CircuitBreakerOpen");
            expect(format!("CircuitBreakerOpen at {now}"), counted).is(openings)?;
            if let Some(outage) = outage {
                outage.end();
            }
        }
        expect("probes that failed", probe.applied()).is(1)?;
        let openings = metrics::in_the_end(lab, &server, "CircuitBreakerOpen").await?;
        expect("CircuitBreakerOpen, on /metrics and in the log", openings).is([2, 2])?;
    }
}
