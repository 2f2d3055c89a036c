use harness::providers::{FaultGuard, Provider};
use harness::{expect, ohlc, scenario};

use crate::vocabulary::tickers::{listed, tickers};

type Ends = fn(&Provider) -> FaultGuard;

/// How a kept connection ends in the moment in which it is used again.
const ENDS: [(&str, Ends); 2] =
    [("is closed", Provider::drops_connections), ("is reset", Provider::resets_connections)];

scenario! {
    E34 P1 "A call to a provider whose kept connection ends under it is sent again on a new connection, once"
    from ["decisions.md#resends"]
    needs []
    catches ["call-on-a-stale-connection-lost", "sent-again-on-a-kept-connection", "sent-again-and-again"]
    async fn stale_connection(lab: &mut Lab) {
        let mut tickers = tickers('K');
        let server = lab.server().await?;
        // Two calls at once, so that two connections are kept.
        let gate = lab.tiingo.hold_answers();
        let both = [listed(lab, &mut tickers), listed(lab, &mut tickers)].map(|ticker| server.begin(ohlc(&ticker).range("1W")));
        expect("calls at once", gate.arrived(2).await).is(true)?;
        gate.open();
        for asked in both {
            asked.answer().await?.comes_from("tiingo")?;
        }
        for (how, ends) in ENDS {
            let before = lab.tiingo.calls().len();
            ends(&lab.tiingo).from_turn(2);
            server.ask(ohlc(&listed(lab, &mut tickers)).range("1W")).await?.comes_from("tiingo")?;
            expect(format!("calls when a connection {how}"), lab.tiingo.calls().len() - before).is_at_most(2)?;
            lab.tiingo.recovers();
            server.ask(ohlc(&listed(lab, &mut tickers)).range("1W").resolution("60")).await?.comes_from("tiingo")?;
        }

        // Closed while nobody uses it.
        lab.tiingo.closes_kept_connections();
        server.ask(ohlc(&listed(lab, &mut tickers)).range("1W")).await?.comes_from("tiingo")?;

        // The other provider's are kept, too.
        lab.tiingo.unavailable();
        server.ask(ohlc(&listed(lab, &mut tickers)).range("1W")).await?.comes_from("finnhub")?;
        for (_, ends) in ENDS {
            ends(&lab.finnhub).from_turn(2).for_calls(1);
            server.ask(ohlc(&listed(lab, &mut tickers)).range("1W")).await?.comes_from("finnhub")?;
        }

        // A provider that ends every connection has failed.
        lab.tiingo.recovers();
        let before = lab.tiingo.calls().len();
        lab.tiingo.drops_connections();
        server.ask(ohlc(&listed(lab, &mut tickers)).range("1W")).await?.comes_from("finnhub")?;
        expect("calls to a provider that ends all connections", lab.tiingo.calls().len() - before).is_at_most(2)?;
    }
}
