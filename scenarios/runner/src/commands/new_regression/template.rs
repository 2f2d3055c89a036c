//! Issue 0: say here what went wrong, and who would have noticed.

use harness::{expect, ohlc, scenario};

scenario! {
    R0 P1 "Say in one sentence what must hold"
    from ["decisions.md#name-the-decision-that-demands-it"]
    needs []
    catches ["name-the-defect-that-brings-the-bug-back"]
    async fn what_must_hold(lab: &mut Lab) {
        // Arrange the market, break something, ask, look.
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        let reply = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        // What to look at instead: an answer, the table, the journal of every wire, the log, the metrics.
        expect("what the bug got wrong", reply.candles()?.len()).holds("what must hold: to be filled in", |_| false)?;
    }
}
