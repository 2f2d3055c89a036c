//! One answer of a provider, written in many ways.

use harness::providers::ProviderReply;
use harness::{Lab, Server, Verdict, expect, ohlc};

use super::tickers::listed;

/// Asks for candles that come written like this, daily and intraday, from either provider: they must be the same.
pub(crate) async fn mean_the_same(
    lab: &Lab,
    server: &Server,
    tickers: &mut impl Iterator<Item = String>,
    how: &'static str,
    written: impl Fn(ProviderReply) -> ProviderReply + Copy + Send + Sync + 'static,
) -> Verdict {
    for (provider, resolution) in [("tiingo", "D"), ("tiingo", "60"), ("finnhub", "D"), ("finnhub", "60")] {
        let ticker = listed(lab, tickers);
        if provider == "finnhub" {
            lab.tiingo.unavailable();
            lab.finnhub.answers_changed(how, written);
        } else {
            lab.tiingo.answers_changed(how, written);
        }
        let ask = ohlc(&ticker).range("1W").resolution(resolution);
        let reply = server.ask(ask).await?.comes_from(provider)?;
        let expected = lab.tiingo.expected(&ticker, resolution, "2026-01-27", "2026-02-03");
        expect(format!("the candles {how}, from {provider}, in {resolution}"), reply.candles()?).is(expected)?;
        lab.tiingo.recovers();
        lab.finnhub.recovers();
    }
    Ok(())
}
