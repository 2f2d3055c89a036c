//! Issue 12: nobody looked at a fetch that ends while an invalidation is still clearing the table.

use harness::faults::on;
use harness::{expect, ohlc, scenario};

scenario! {
    R12 P1 "A fetch that ends while an invalidation clears the table is not written behind it"
    from ["decisions.md#invalidation-epoch"]
    needs []
    catches ["kept-while-the-table-is-cleared"]
    async fn fetch_lands_while_the_table_is_cleared(lab: &mut Lab) {
        let (ask, days) = (ohlc("AAPL").range("1W"), ("2026-01-27", "2026-02-03"));
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        let fetching = lab.tiingo.hold_answers();
        let before = server.begin(ask.clone());
        expect("the provider is asked", fetching.arrived(1).await).is(true)?;
        // A server that clears one provider's candles after the other's is met in between, another one when it is done.
        let clearing = lab.dynamodb.hold(on("Query").pk("AAPL#finnhub"));
        let invalidation = server.begin_invalidation(Some("AAPL"));
        clearing.arrived(1).await;
        fetching.open();
        before.answer().await?.comes_from("tiingo")?;
        clearing.open();
        expect("status of the invalidation", invalidation.answer().await?.status).is(200)?;
        server.idle().await?;

        lab.tiingo.lists("AAPL").edit("2026-02-02", |row| row.volume = Some("1".into()));
        let new = lab.tiingo.expected("AAPL", "D", days.0, days.1);
        let after = server.ask(ask).await?.comes_from("tiingo")?;
        expect("candles asked for after it", after.candles()?).is(new)?;
    }
}
