use std::time::Duration;

use harness::gate::gate;
use harness::providers::ProviderReply;
use harness::{TOKEN, expect, ohlc, scenario};

/// Room for one long answer at a time, and for four short ones.
const ROOM: [(&str, &str); 2] = [("OHLC_PROVIDER_BYTES", "4MiB"), ("OHLC_PROVIDER_BYTES_TOGETHER", "8MiB")];

/// How long a client waits for an answer that the deadline allows.
const SOON: Duration = Duration::from_secs(10);

scenario! {
    E42 P1 "Long answers of all providers have a bound together: what finds no room waits, within its time, and short ones wait for none"
    from ["decisions.md#answers-together"]
    needs [OwnEnvironment, Metrics]
    catches ["answers-together-without-a-bound", "short-answers-wait-for-long-ones"]
    async fn many_long_answers(lab: &mut Lab) {
        for ticker in ["AAPL", "AMZN", "GOOG", "META", "MSFT", "NVDA"] {
            lab.tiingo.lists(ticker).since("2020-01-02");
        }
        let server = lab.another_server_with(ROOM).await?;
        let bearer = format!("Bearer {TOKEN}");
        let head = |ticker: &str| {
            server.head("GET", &format!("/api/v2/tickers/{ticker}/ohlc?range=1W"), &[("authorization", bearer.as_str())])
        };

        // The first is Finnhub's, and half of it is there. The second is Tiingo's, and looks short, because it is coded.
        let (second_half, barrier) = gate();
        lab.tiingo.unavailable().for_calls(1);
        lab.finnhub.answers_changed("at length, in halves", move |reply| long(reply).held_halfway(&barrier)).for_calls(1);
        let first = server.begin(ohlc("AAPL").range("1W"));
        expect("half of a long answer", second_half.arrived(1).await).is(true)?;
        lab.tiingo.answers_changed("at length, in gzip", |reply| long(reply).in_gzip()).for_calls(1);
        let mut second = server.connect().await?;
        second.sends(head("MSFT")?).await;
        let waits = second.hears_nothing_for(lab.time().milliseconds(1_000, 1_500)).await?;
        expect("whether a long answer waits while another one is read", waits).is(true)?;
        server.ask(ohlc("AMZN").range("1W")).await?.comes_from("tiingo")?;
        second_half.open();
        let first = first.answer().await?.comes_from("finnhub")?;
        let second = second.answer_within(SOON).await?.comes_from("tiingo")?;
        for (ticker, answer) in [("AAPL", first), ("MSFT", second)] {
            let expected = lab.tiingo.expected(ticker, "D", "2026-01-27", "2026-02-03");
            expect(format!("the candles of {ticker}"), answer.candles()?).is(expected)?;
        }

        // One that was asked for earlier finds no room, because the second half of a later one never comes.
        let answer = lab.tiingo.hold_answers_about("META");
        lab.tiingo.answers_changed("at length", long).for_calls(1);
        let mut waiting = server.connect().await?;
        waiting.sends(head("META")?).await;
        expect("a call for an answer that will be long", answer.arrived(1).await).is(true)?;
        let early = waiting.hears_nothing_for(lab.time().milliseconds(100, 100)).await?;
        expect("whether nothing is heard before an answer", early).is(true)?;
        let (never, barrier) = gate();
        lab.tiingo.unavailable().for_calls(1);
        lab.finnhub.answers_changed("at length, one half never", move |reply| long(reply).held_halfway(&barrier)).for_calls(1);
        let halved = server.begin(ohlc("GOOG").range("1W"));
        expect("half of an answer", never.arrived(1).await).is(true)?;
        answer.open();
        waiting.answer_within(SOON).await?.comes_from("finnhub")?;
        let counted = server.metrics().await?.count("ProviderRequests{provider=\"tiingo\",status=\"no_room\"}");
        expect("answers without room", counted).is(1)?;
        expect("the status without an answer", halved.answer().await?.status).is(503)?;

        // The room is free again, whoever held it or waited for it.
        lab.tiingo.answers_changed("at length", long).for_calls(1);
        server.ask(ohlc("NVDA").range("1W")).await?.comes_from("tiingo")?;
    }
}

/// The same with three million spaces, which mean nothing.
fn long(reply: ProviderReply) -> ProviderReply {
    reply.text(|text| text + &" ".repeat(3_000_000))
}
