use harness::faults::{ErrorAnswer, on};
use harness::{expect, ohlc, scenario};

use crate::vocabulary::breaker::NO_RETRY;

scenario! {
    D36 P2 "A successful write resets the breaker's count, and so does a failed condition"
    from ["decisions.md#breaker-counts"]
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
        failing.end();

        // Somebody else's lock is refused between two failed reads and a third, about tickers that nobody knows.
        let holder = lab.another_server().await?;
        let hanging = lab.tiingo.hold_answers_about("META");
        lab.tiingo.lists("META").since("2020-01-02");
        let held = holder.begin(ohlc("META").range("1W"));
        expect("the holder asks the provider", hanging.arrived(1).await).is(true)?;
        let refusal = lab.dynamodb.hold(on("PutItem").sk("LOCK"));
        let waiting = server.begin(ohlc("META").range("1W"));
        expect("the lock is asked for", refusal.arrived(1).await).is(true)?;
        let failing = lab.dynamodb.inject(on("Query"), ErrorAnswer::internal());
        for ticker in ["NONEA", "NONEB"] {
            expect("status of a ticker that nobody knows", server.ask(ohlc(ticker).range("1W")).await?.status).is(404)?;
        }
        refusal.open();
        hanging.open();
        held.answer().await?.comes_from("tiingo")?;
        waiting.answer().await?.comes_from("tiingo")?;
        expect("reads that failed around a refused lock", failing.applied()).is(3)?;
        expect("CircuitBreakerOpen", server.metrics().await?.count("CircuitBreakerOpen")).is(0)?;
        expect("the breaker being open", server.statistic("breaker_open").await?).is(false)?;
    }
}
