use harness::faults::{TruncatedPages, on};
use harness::{expect, ohlc, scenario};

scenario! {
    D32 P2 "Invalidating AA clears and counts every answer and candle of AA, page by page, and leaves AAPL alone"
    from ["decisions.md#is-about", "decisions.md#invalidated-layers"]
    needs []
    catches ["invalidation-by-prefix"]
    async fn invalidate_by_ticker(lab: &mut Lab) {
        let server = lab.server().await?;
        // What was written a moment ago is taken, too: a replica lags all the time.
        lab.dynamodb.lag(on("Query"), &lab.table).await?;
        let asks = [ohlc("AA").range("1W"), ohlc("AA").range("1M"), ohlc("AAPL").range("1W")];
        for ask in &asks {
            lab.tiingo.lists("AA").since("2020-01-02");
            lab.tiingo.lists("AAPL").since("2020-01-02");
            server.ask(ask.clone()).await?.comes_from("tiingo")?;
            server.idle().await?;
        }
        let stored = lab.table.items_under("AA#tiingo").await?.len();
        let cut = lab.dynamodb.inject(on("Query"), TruncatedPages::of(5));
        let invalidated = server.invalidate(Some("AA")).await?;
        expect("status", invalidated.status).is(200)?;
        expect("answers that went", invalidated.field("in_memory")).is(2)?;
        expect("items that went", invalidated.field("dynamodb")).is(stored)?;
        cut.end();
        expect("items of AA that are left", lab.table.items_under("AA#tiingo").await?.len()).is(0)?;

        let [week, month, other] = asks;
        server.ask(other).await?.comes_from("in-memory")?;
        expect("items of AAPL", lab.table.items_under("AAPL#tiingo").await?.len()).is_not(0)?;
        server.ask(week).await?.comes_from("tiingo")?;
        server.ask(month).await?.comes_from("tiingo")?;
    }
}
