use harness::observe::journal::Party;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::breaker;

scenario! {
    D29 P2 "While the breaker is open no write is attempted, and the answer is still complete"
    from ["decisions.md#breaker-guards"]
    needs [OwnEnvironment]
    catches ["write-ignores-the-breaker"]
    async fn no_write_when_open(lab: &mut Lab) {
        let server = breaker::opened(lab).await?;
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let mark = lab.journal.len();
        let reply = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;
        let calls = lab.journal.since(mark, Party::DynamoDb);
        let writes = calls.iter().filter(|call| call.operation == "BatchWriteItem").count();
        expect("writes", writes).is(0)?;
        expect("the candles", reply.candles()?).is(lab.tiingo.expected("AAPL", "D", "2026-01-27", "2026-02-03"))?;
    }
}
