use harness::{expect, ohlc, scenario};

scenario! {
    G24 P3 "If intraday candles are unavailable, daily ones are served and flagged; a later daily request gets its own answer, unflagged"
    from ["decisions.md#stored-as", "contract.md#intraday-fallback"]
    needs [DropL1]
    catches ["fallback-kept-under-the-daily-key"]
    async fn fallback_is_kept_apart(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02").no_intraday();
        let server = lab.server().await?;
        let reply = server.ask(ohlc("AAPL").range("1W").resolution("5")).await?.comes_from("tiingo")?;
        expect("the key", reply.cache_key()).is("ohlc:AAPL:5:1W:2026-02-03")?;
        expect("the flag", reply.field("resolution_fallback")).is(true)?;
        expect("a message", reply.field("fallback_message").is_string()).is(true)?;
        expect("the resolution", reply.field("resolution")).is("D")?;
        expect("the candles", reply.candles()?).is(lab.tiingo.expected("AAPL", "D", "2026-01-27", "2026-02-03"))?;
        // Nothing of a finished week may still come, as it might if bars of five minutes were waited for.
        expect("its end", reply.field("cache_expires_at")).is("2026-02-04T14:30:00Z")?;
        server.idle().await?;
        expect("items stored of it", lab.table.items().await?.len()).is(0)?;

        let daily = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        expect("the flag of a daily answer", daily.field("resolution_fallback")).is(false)?;
        expect("its message", daily.field("fallback_message").is_null()).is(true)?;
    }
}
