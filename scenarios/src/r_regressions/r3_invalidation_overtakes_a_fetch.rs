//! Issue 3: a fetch that was under way during an invalidation put the old candles back, for every later request.

use harness::{expect, ohlc, scenario};

scenario! {
    R3 P1 "A fetch that an invalidation overtakes is served to those who asked before it, and to nobody else"
    from ["decisions.md#invalidation-epoch"]
    needs []
    catches ["invalidation-overtaken"]
    async fn invalidation_overtakes_a_fetch(lab: &mut Lab) {
        let (ask, days) = (ohlc("AAPL").range("1W"), ("2026-01-27", "2026-02-03"));
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let old = lab.tiingo.expected("AAPL", "D", days.0, days.1);
        let server = lab.server().await?;
        let gate = lab.tiingo.hold_answers();
        let before = server.begin(ask.clone());
        expect("the provider is asked", gate.arrived(1).await).is(true)?;
        expect("status of the invalidation", server.invalidate(Some("AAPL")).await?.status).is(200)?;
        lab.tiingo.lists("AAPL").edit("2026-02-02", |row| row.volume = Some("1".into()));
        gate.open();
        expect("candles asked for before it", before.answer().await?.candles()?).is(old)?;
        server.idle().await?;

        let new = lab.tiingo.expected("AAPL", "D", days.0, days.1);
        let after = server.ask(ask).await?.comes_from("tiingo")?;
        expect("candles asked for after it", after.candles()?).is(new)?;
    }
}
