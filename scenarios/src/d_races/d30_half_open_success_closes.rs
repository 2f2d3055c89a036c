use harness::faults::on;
use harness::observe::journal::Party;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::breaker;

scenario! {
    D30 P2 "After 60 seconds exactly one call probes DynamoDB, and its success closes the breaker"
    from ["decisions.md#breaker-cooldown", "decisions.md#breaker-probes-together"]
    needs [Clock, OwnEnvironment]
    catches ["every-request-probes"]
    async fn half_open_success_closes(lab: &mut Lab) {
        let server = breaker::opened(lab).await?;
        for ticker in ["AAPL", "AMZN", "MSFT", "NVDA"] {
            lab.tiingo.lists(ticker).since("2020-01-02");
        }
        let mark = lab.journal.len();
        lab.time_is("2026-02-03T22:00:59Z");
        server.ask(ohlc("AMZN").range("1W")).await?.comes_from("tiingo")?;
        expect("calls before the time", lab.journal.since(mark, Party::DynamoDb).len()).is(0)?;

        lab.time_is("2026-02-03T22:01:00Z");
        let gate = lab.dynamodb.hold(on("Query").first(1));
        let probing = server.begin(ohlc("AAPL").range("1W"));
        expect("a request probes", gate.arrived(1).await).is(true)?;
        server.ask(ohlc("MSFT").range("1W")).await?.comes_from("tiingo")?;
        expect("calls while it does", lab.journal.since(mark, Party::DynamoDb).len()).is(1)?;
        expect("the breaker being open meanwhile", server.statistic("breaker_open").await?).is(true)?;
        gate.open();
        probing.answer().await?.comes_from("tiingo")?;

        expect("the breaker being open afterwards", server.statistic("breaker_open").await?).is(false)?;
        server.ask(ohlc("NVDA").range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;
        expect("candles stored then", lab.table.items_under("NVDA#tiingo").await?.len()).is_not(0)?;
    }
}
