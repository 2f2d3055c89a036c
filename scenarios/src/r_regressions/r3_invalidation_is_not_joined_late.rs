//! Issue 3: a request after an invalidation joined a fetch that had started before it, and got the very candles that had
//! been declared invalid.

use harness::{expect, ohlc, scenario};

scenario! {
    R3 P1 "A request after an invalidation never joins a fetch that started before it"
    from ["decisions.md#flight-key", "decisions.md#invalidation-epoch"]
    needs [Metrics, OwnEnvironment]
    catches ["invalidation-joins-what-is-under-way"]
    async fn invalidation_is_not_joined_late(lab: &mut Lab) {
        let ask = ohlc("AAPL").range("1W");
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.another_server_with([("OHLC_LOCK_POLL_EVERY", "10ms")]).await?;
        let gate = lab.tiingo.hold_answers();
        let before = server.begin(ask.clone());
        expect("the provider is asked", gate.arrived(1).await).is(true)?;
        expect("status of the invalidation", server.invalidate(Some("AAPL")).await?.status).is(200)?;
        lab.tiingo.lists("AAPL").edit("2026-02-02", |row| row.volume = Some("1".into()));

        let after = server.begin(ask);
        expect("both are in", server.has_counted("CacheMiss{layer=\"in-memory\"}", 2).await?).is(true)?;
        gate.open();
        before.answer().await?.comes_from("tiingo")?;
        let new = lab.tiingo.expected("AAPL", "D", "2026-01-27", "2026-02-03");
        expect("candles asked for after it", after.answer().await?.candles()?).is(new)?;
    }
}
