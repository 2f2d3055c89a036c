use harness::{expect, ohlc, scenario};

scenario! {
    E4 P0 "Neither a 404 nor an empty answer is cached: the next request sees the listing, and then its candles"
    from ["decisions.md#errors-are-never-cached", "decisions.md#worth-keeping", "decisions.md#empty-answer"]
    needs []
    catches ["unknown-ticker-cached", "empty-answer-cached"]
    async fn provider_404_not_cached(lab: &mut Lab) {
        let server = lab.server().await?;
        let ask = ohlc("NEWCO").range("1W");
        expect("the status before the listing", server.ask(ask.clone()).await?.status).is(404)?;

        // Known to the provider now, but not a candle of it until the day after the window.
        let listing = lab.tiingo.lists("NEWCO").since("2026-02-04");
        let listed = server.ask(ask.clone()).await?.comes_from("tiingo")?;
        expect("candles before the first trade", listed.candles()?.len()).is(0)?;
        server.idle().await?;
        expect("items stored of either", lab.table.items().await?.len()).is(0)?;

        listing.since("2026-01-05");
        let traded = server.ask(ask).await?.comes_from("tiingo")?;
        expect("the candles", traded.candles()?).is(lab.tiingo.expected("NEWCO", "D", "2026-01-27", "2026-02-03"))?;
    }
}
