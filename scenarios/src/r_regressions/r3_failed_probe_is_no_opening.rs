//! Issue 3: each failed probe counted as another CircuitBreakerOpen, so one outage paged an operator every minute.

use harness::faults::{ErrorAnswer, everything};
use harness::{expect, ohlc, scenario};

use crate::vocabulary::breaker;

scenario! {
    R3 P1 "However many probes fail in one outage, CircuitBreakerOpen counts once"
    from ["decisions.md#alarm-worth"]
    needs [Clock, OwnEnvironment, Metrics]
    catches ["failed-probe-counted-as-an-opening"]
    async fn failed_probe_is_no_opening(lab: &mut Lab) {
        let server = breaker::opened(lab).await?;
        let outage = lab.dynamodb.inject(everything(), ErrorAnswer::internal());
        for (now, ticker) in [("2026-02-03T22:01:01Z", "AAPL"), ("2026-02-03T22:02:02Z", "MSFT")] {
            lab.tiingo.lists(ticker).since("2020-01-02");
            lab.time_is(now);
            server.ask(ohlc(ticker).range("1W")).await?.comes_from("tiingo")?;
            server.idle().await?;
        }
        expect("probes that failed", outage.applied()).is(2)?;
        expect("openings", server.metrics().await?.count("CircuitBreakerOpen")).is(1)?;
    }
}
