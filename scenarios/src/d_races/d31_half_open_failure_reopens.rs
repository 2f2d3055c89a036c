use harness::faults::{ErrorAnswer, on};
use harness::observe::journal::Party;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::{breaker, deadline};

scenario! {
    D31 P2 "A failed half-open probe re-opens the breaker for 60 s; a probe cancelled by the deadline does not"
    from ["decisions.md#breaker-pause-after-probe"]
    needs [Clock, OwnEnvironment]
    catches ["failed-probe-ignored"]
    async fn half_open_failure_reopens(lab: &mut Lab) {
        let server = breaker::opened(lab).await?;
        lab.dynamodb.inject(on("Query").first(1), ErrorAnswer::internal());
        let mark = lab.journal.len();
        for (now, ticker, calls_by_then) in [
            ("2026-02-03T22:01:00Z", "AAPL", 1), // the probe, which fails
            ("2026-02-03T22:01:59Z", "MSFT", 1),
        ] {
            lab.tiingo.lists(ticker).since("2020-01-02");
            lab.time_is(now);
            server.ask(ohlc(ticker).range("1W")).await?.comes_from("tiingo")?;
            server.idle().await?;
            let calls = lab.journal.since(mark, Party::DynamoDb).len();
            expect(format!("DynamoDB calls by {now}"), calls).is(calls_by_then)?;
        }
        lab.tiingo.lists("NVDA").since("2020-01-02");
        lab.time_is("2026-02-03T22:02:00Z");
        server.ask(ohlc("NVDA").range("1W")).await?.comes_from("tiingo")?;
        expect("the breaker being open after a second probe", server.statistic("breaker_open").await?).is(false)?;

        // Past the deadline the last look is the probe, and it is given up before DynamoDB says anything.
        lab.time_is("2026-02-03T23:00:00Z");
        let server = breaker::opened_with(lab, deadline::short().into()).await?;
        let gate = lab.dynamodb.hold(on("Query"));
        let hanging = lab.tiingo.hold_answers();
        lab.finnhub.hangs().for_calls(1);
        let asking = server.begin(ohlc("AMZN").range("1W"));
        expect("a request waits for the provider", hanging.arrived(1).await).is(true)?;
        lab.time_is("2026-02-03T23:01:00Z");
        expect("status without an answer", asking.answer().await?.status).is(503)?;
        expect("last looks that were given up", gate.arrivals()).is(1)?;
        gate.open();
        hanging.open();
        lab.tiingo.lists("META").since("2020-01-02");
        server.ask(ohlc("META").range("1W")).await?.comes_from("tiingo")?;
        expect("the breaker being open after the next probe", server.statistic("breaker_open").await?).is(false)?;
    }
}
