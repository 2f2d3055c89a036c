use harness::observe::journal::Peer;
use harness::providers::Provider;
use harness::{Lab, expect, ohlc, scenario};

scenario! {
    S6 P0 "A provider that redirects has failed: no key reaches another host, and no loop costs more than one call"
    from ["decisions.md#redirects"]
    needs []
    catches ["redirects-followed", "redirects-followed-at-home"]
    async fn keys_stay_at_home(lab: &mut Lab) {
        for ticker in ["AAPL", "MSFT", "NVDA"] {
            lab.tiingo.lists(ticker).since("2020-01-02");
            lab.finnhub.lists(ticker).since("2020-01-02");
        }
        let elsewhere = |provider: &Provider| format!("{}/elsewhere", provider.url());
        let server = lab.server().await?;

        // Tiingo sends it to another host, which hears of it only as the fallback.
        lab.tiingo.redirects_to(elsewhere(&lab.finnhub)).for_calls(1);
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("finnhub")?;
        expect("calls to both providers", calls(lab)).is([1, 1])?;

        // The fallback, whose key stands in a header of its own, does the same.
        lab.tiingo.unavailable().for_calls(1);
        lab.finnhub.redirects_to(elsewhere(&lab.tiingo)).for_calls(1);
        let refused = server.ask(ohlc("MSFT").range("1W")).await?;
        expect("the status with nobody left to ask", refused.status).is(503)?;
        expect("calls to both providers", calls(lab)).is([2, 2])?;

        // A loop.
        lab.tiingo.redirects_to(elsewhere(&lab.tiingo));
        server.ask(ohlc("NVDA").range("1W")).await?.comes_from("finnhub")?;
        expect("calls to both providers", calls(lab)).is([3, 3])?;
    }
}

/// How many calls Tiingo and Finnhub have heard of, of whatever kind.
fn calls(lab: &Lab) -> [usize; 2] {
    [Peer::Tiingo, Peer::Finnhub].map(|peer| lab.journal.to(peer).len())
}
