use harness::{expect, ohlc, scenario};

/// How much a server may grow for 100,000 candles, about 11 MB of text: a few copies, not one for each layer.
const BOUND: u64 = 64 * 1024 * 1024;

scenario! {
    E12 P1 "An answer of 100,000 candles makes the server grow by 64 MiB at most"
    from ["decisions.md#bounded-memory"]
    needs [OwnEnvironment, OwnProcess]
    catches ["answer-copied-in-every-layer"]
    async fn memory_bounded(lab: &mut Lab) {
        // The window is of two days; the provider sends more than a year of minutes all the same.
        lab.tiingo.lists("AAPL").since("2020-01-02").overshoots(400);
        lab.tiingo.lists("MSFT").since("2020-01-02");
        // Memory is what is measured: a busy machine may take its time.
        let patient = [("OHLC_PROVIDER_TIMEOUT", "12s"), ("OHLC_CEILING", "14s"), ("OHLC_LOCK_LEASE", "60s")];
        let server = lab.another_server_with(patient).await?;
        let two_days = |ticker| ohlc(ticker).between("2026-02-02", "2026-02-03").resolution("1");
        server.ask(two_days("MSFT")).await?.comes_from("tiingo")?;
        server.idle().await?;
        let before = server.peak_memory()?;

        let reply = server.ask(two_days("AAPL")).await?.comes_from("tiingo")?;
        expect("candles", reply.candles()?.len()).is(2 * 390)?;
        server.idle().await?;
        let grown = server.peak_memory()?.saturating_sub(before);
        expect("bytes that it grew by", grown).is_at_most(BOUND)?;
    }
}
