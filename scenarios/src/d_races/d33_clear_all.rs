use harness::{expect, ohlc, scenario};

scenario! {
    D33 P2 required "Clearing everything takes every answer and every candle, and counts them"
    needs []
    catches ["invalidation-leaves-memory", "invalidation-leaves-the-table"]
    async fn clear_all(lab: &mut Lab) {
        let server = lab.server().await?;
        for ticker in ["AAPL", "MSFT", "NVDA"] {
            lab.tiingo.lists(ticker).since("2020-01-02");
            server.ask(ohlc(ticker).range("1M")).await?.comes_from("tiingo")?;
        }
        server.idle().await?;
        let stored = lab.table.items().await?.len();
        let cleared = server.invalidate(None).await?;
        expect("status", cleared.status).is(200)?;
        expect("answers that went", cleared.field("in_memory")).is(3)?;
        expect("items that went", cleared.field("dynamodb")).is(stored)?;
        expect("items that are left", lab.table.items().await?.len()).is(0)?;
        for ticker in ["AAPL", "MSFT", "NVDA"] {
            server.ask(ohlc(ticker).range("1M")).await?.comes_from("tiingo")?;
        }
    }
}
