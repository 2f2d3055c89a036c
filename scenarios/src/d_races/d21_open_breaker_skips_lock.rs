use harness::observe::journal::Party;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::{breaker, locks};

scenario! {
    D21 P2 "While the breaker is open, a miss goes straight to the provider: no lock, no poll, no write"
    from ["decisions.md#breaker-guards", "decisions.md#lock-tried-after"]
    needs [OwnEnvironment]
    catches ["lock-tried-while-open"]
    async fn open_breaker_skips_lock(lab: &mut Lab) {
        let server = breaker::opened(lab).await?;
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let mark = lab.journal.len();
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;
        expect("locks that were tried", locks::tried(lab).len()).is(0)?;
        expect("DynamoDB calls", lab.journal.since(mark, Party::DynamoDb).len()).is(0)?;
        expect("provider calls", lab.tiingo.calls_about("AAPL").len()).is(1)?;
    }
}
