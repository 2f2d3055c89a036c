use harness::observe::journal::Party;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::breaker;

scenario! {
    D24 P2 "A new instance starts with a closed breaker, whatever the state of the others"
    from ["decisions.md#one-breaker-an-instance"]
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
        expect("DynamoDB calls of the old one", lab.journal.since(mark, Party::DynamoDb).len()).is(0)?;
    }
}
