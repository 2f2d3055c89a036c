use harness::{expect, ohlc, scenario};

use crate::vocabulary::locks;

scenario! {
    D11 P1 "Five tickers at once on two instances have a lock and a fetch each"
    from ["decisions.md#lock-key"]
    needs [SeveralInstances, OwnEnvironment]
    catches ["one-global-lock"]
    async fn tickers_do_not_block(lab: &mut Lab) {
        let tickers = ["AAPL", "AMZN", "GOOGL", "MSFT", "NVDA"];
        // A waiter would soon give up, so that the scenario does not last.
        let impatient = [("OHLC_LOCK_POLL_EVERY", "1ms"), ("OHLC_LOCK_POLLS", "1")];
        let servers = [lab.another_server_with(impatient).await?, lab.another_server_with(impatient).await?];
        let gate = lab.tiingo.hold_answers();
        let mut asked = Vec::new();
        for (ticker, server) in tickers.iter().zip(servers.iter().cycle()) {
            lab.tiingo.lists(ticker).since("2020-01-02");
            asked.push(server.begin(ohlc(ticker).range("1W")));
        }
        expect("all five are being fetched", gate.arrived(5).await).is(true)?;
        let mut tried = locks::tried(lab);
        tried.sort();
        let own: Vec<_> = tickers.iter().map(|ticker| (format!("LOCK#ohlc:{ticker}:D:1W:2026-02-03"), 200)).collect();
        expect("locks that were tried, and what came of it", tried).is(own)?;
        gate.open();
        for asking in asked {
            asking.answer().await?.comes_from("tiingo")?;
        }
    }
}
