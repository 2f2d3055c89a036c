use harness::{expect, ohlc, scenario};

/// The room in memory: for three answers of three months, about 6.5 KB each.
const ROOM: usize = 24 * 1024;

scenario! {
    E39 P1 "Memory is bounded by bytes as well as by answers; what is larger than all of it is served, and costs no other its place"
    from ["decisions.md#memory-by-bytes"]
    needs [OwnEnvironment]
    catches ["memory-bounded-by-entries-alone", "memory-full-for-good", "large-answer-empties-memory"]
    async fn memory_by_bytes(lab: &mut Lab) {
        let server = lab.another_server_with([("OHLC_L1_BYTES", "24KiB")]).await?;
        let mut smallest = usize::MAX;
        for ticker in ["AAPL", "AMZN", "GOOG", "META", "MSFT", "NVDA", "TSLA", "F"] {
            lab.tiingo.lists(ticker).since("2020-01-02");
            let answer = server.ask(ohlc(ticker).range("3M")).await?.comes_from("tiingo")?;
            smallest = smallest.min(answer.text.len());
        }
        server.idle().await?;
        let held = server.statistic("in_memory_entries").await?;
        let bytes = |held: &serde_json::Value| held.as_u64().map(|held| held as usize * smallest);
        expect("bytes held at least", bytes(&held)).holds("at most the room", |bytes| bytes.is_some_and(|bytes| bytes <= ROOM))?;
        expect("answers held", held.clone()).is_not(0)?;

        lab.tiingo.lists("LARGE").since("2020-01-02");
        let two_years = ohlc("LARGE").between("2024-02-05", "2026-02-03");
        let large = server.ask(two_years.clone()).await?.comes_from("tiingo")?;
        expect("bytes of the large answer", large.text.len()).holds("more than the room", |bytes| *bytes > ROOM)?;
        server.idle().await?;
        expect("answers held after it", server.statistic("in_memory_entries").await?).is(held)?;
        let again = server.ask(two_years).await?.comes_from("dynamodb")?;
        expect("its candles", again.candles_text()?).is(large.candles_text()?)?;

        // What has left memory leaves its room to others.
        expect("status of an invalidation", server.invalidate(None).await?.status).is(200)?;
        server.ask(ohlc("AAPL").range("3M")).await?.comes_from("tiingo")?;
        server.ask(ohlc("AAPL").range("3M")).await?.comes_from("in-memory")?;
    }
}
