use harness::faults::{ErrorAnswer, TruncatedPages, on};
use harness::{expect, ohlc, scenario};

use crate::vocabulary::locks;

scenario! {
    D33 P2 "Clearing everything clears and counts every answer and candle, page by page, but no lock; if DynamoDB fails, the answer is 503"
    from ["decisions.md#invalidated-layers"]
    needs []
    catches ["invalidation-leaves-memory", "invalidation-leaves-the-table"]
    async fn clear_all(lab: &mut Lab) {
        let server = lab.server().await?;
        // What was written a moment ago is cleared too: a replica lags all the time.
        lab.dynamodb.lag(on("Scan"), &lab.table).await?;
        for ticker in ["AAPL", "MSFT", "NVDA"] {
            lab.tiingo.lists(ticker).since("2020-01-02");
            server.ask(ohlc(ticker).range("1M")).await?.comes_from("tiingo")?;
        }
        server.idle().await?;
        let stored = lab.table.items().await?.len();
        for operation in ["Scan", "BatchWriteItem"] {
            let failing = lab.dynamodb.inject(on(operation), ErrorAnswer::internal());
            let refused = server.invalidate(None).await?;
            expect(format!("status when {operation} fails"), refused.status).is(503)?;
            failing.end();
        }
        expect("items after that", lab.table.items().await?.len()).is(stored)?;
        for ticker in ["AAPL", "MSFT", "NVDA"] {
            server.ask(ohlc(ticker).range("1M")).await?.comes_from("dynamodb")?;
        }

        let gate = lab.tiingo.hold_answers_about("AMZN");
        let asking = server.begin(ohlc("AMZN").range("1W"));
        expect("a fetch is under way", gate.arrived(1).await).is(true)?;
        let lock = "LOCK#ohlc:AMZN:D:1W:2026-02-03";
        let holder = locks::holder(lab, lock).await?;
        expect("the lock's holder", &holder).is_not(&None)?;
        lab.dynamodb.inject(on("Scan"), TruncatedPages::of(7));
        let cleared = server.invalidate(None).await?;
        expect("status", cleared.status).is(200)?;
        expect("answers that went", cleared.field("in_memory")).is(3)?;
        expect("items that went", cleared.field("dynamodb")).is(stored)?;
        expect("the lock's holder afterwards", locks::holder(lab, lock).await?).is(holder)?;
        expect("items that are left, but for the lock", lab.table.items().await?.len()).is(1)?;
        gate.open();
        asking.answer().await?;
        server.idle().await?;
        for ticker in ["AAPL", "MSFT", "NVDA"] {
            server.ask(ohlc(ticker).range("1M")).await?.comes_from("tiingo")?;
        }
    }
}
