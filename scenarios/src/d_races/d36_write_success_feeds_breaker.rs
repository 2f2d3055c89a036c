use harness::faults::{ErrorAnswer, on};
use harness::{expect, ohlc, scenario};

use crate::breaker::NO_RETRY;

scenario! {
    D36 P2 required "A successful write resets the breaker's count: failed reads with writes between leave it closed"
    needs [OwnEnvironment, Metrics]
    catches ["writes-do-not-count"]
    async fn write_success_feeds_breaker(lab: &mut Lab) {
        let server = lab.another_server_with(NO_RETRY).await?;
        let failing = lab.dynamodb.inject(on("Query"), ErrorAnswer::internal());
        for ticker in ["AAPL", "MSFT", "NVDA"] {
            lab.tiingo.lists(ticker).since("2020-01-02");
            server.ask(ohlc(ticker).range("1W")).await?.comes_from("tiingo")?;
            server.idle().await?;
            let stored = lab.table.items_under(&format!("{ticker}#tiingo")).await?.len();
            expect(format!("candles of {ticker} that were stored"), stored).is_not(0)?;
        }
        expect("reads that failed", failing.applied()).is(3)?;
        expect("CircuitBreakerOpen", server.metrics().await?.count("CircuitBreakerOpen")).is(0)?;
        expect("the breaker being open", server.statistic("breaker_open").await?).is(false)?;
    }
}
