use harness::observe::journal::Peer;
use harness::{expect, ohlc, scenario};

use crate::breaker;

scenario! {
    D24 P2 required "A new instance starts with its breaker closed, whatever the others think of the table"
    needs [SeveralInstances, OwnEnvironment]
    catches ["breaker-state-shared"]
    async fn cold_start_closes_breaker(lab: &mut Lab) {
        let old = breaker::opened(lab).await?;
        let new = lab.another_server().await?;
        lab.tiingo.lists("AAPL").since("2020-01-02");
        expect("the new breaker being open", new.statistic("breaker_open").await?).is(false)?;
        new.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        new.idle().await?;
        expect("candles that it stored", lab.table.items_under("AAPL#tiingo").await?.len()).is_not(0)?;

        let mark = lab.journal.len();
        old.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        old.idle().await?;
        expect("DynamoDB calls of the old one", lab.journal.since(mark, Peer::DynamoDb).len()).is(0)?;
    }
}
