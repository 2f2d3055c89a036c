use std::time::Duration;

use harness::gate::gate;
use harness::providers::ProviderReply;
use harness::{TOKEN, expect, ohlc, scenario};

/// Room for one long answer at a time, and for four short ones.
const ROOM: [(&str, &str); 2] = [("OHLC_PROVIDER_BYTES", "4MiB"), ("OHLC_PROVIDER_BYTES_TOGETHER", "8MiB")];

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
        // The first is Finnhub's, and half of it is there.
        let (first_half, barrier) = gate();
        lab.tiingo.unavailable().for_calls(1);
        lab.finnhub.answers_changed("at length, one half later", move |reply| long(reply).held_halfway(&barrier)).for_calls(1);
        let first = server.begin(ohlc("AAPL").range("1W"));
        expect("half of a long answer", first_half.arrived(1).await).is(true)?;

        // The second is Tiingo's, and looks short, because it is coded.
        lab.tiingo.answers_changed("at length, in gzip", |reply| long(reply).in_gzip()).for_calls(1);
        let bearer = format!("Bearer {TOKEN}");
        let head = server.head("GET", "/api/v2/tickers/MSFT/ohlc?range=1W", &[("authorization", bearer.as_str())])?;
        let mut second = server.connect().await?;
        second.sends(head).await;
        let waits = second.hears_nothing_for(lab.time().milliseconds(1_000, 300)).await?;
        expect("whether a long answer waits while another one is read", waits).is(true)?;
        server.ask(ohlc("AMZN").range("1W")).await?.comes_from("tiingo")?;
        first_half.open();
        let answers = [first.answer().await?.comes_from("finnhub")?, second.answer_within(Duration::from_secs(5)).await?.comes_from("tiingo")?];
        for (ticker, answer) in ["AAPL", "MSFT"].into_iter().zip(answers) {
            let expected = lab.tiingo.expected(ticker, "D", "2026-01-27", "2026-02-03");
            expect(format!("the candles of {ticker}"), answer.candles()?).is(expected)?;
        }

        // The second half never comes, and a provider's time is over.
        let times = lab.time().shortened([("OHLC_PROVIDER_TIMEOUT", 600)]);
        let room = ROOM.map(|(name, size)| (name, size.to_owned()));
        let server = lab.another_server_with(room.into_iter().chain(times)).await?;
        let (never, barrier) = gate();
        lab.tiingo.answers_changed("at length, one half never", move |reply| long(reply).held_halfway(&barrier)).for_calls(1);
        let first = server.begin(ohlc("GOOG").range("1W"));
        expect("half of an answer", never.arrived(1).await).is(true)?;
        lab.tiingo.answers_changed("at length", long).for_calls(1);
        let second = server.begin(ohlc("META").range("1W"));
        for answer in [first, second] {
            answer.answer().await?.comes_from("finnhub")?;
        }
        // The room is free again, whoever waited for it.
        lab.tiingo.answers_changed("at length", long).for_calls(1);
        server.ask(ohlc("NVDA").range("1W")).await?.comes_from("tiingo")?;
        drop(never);
    }
}

/// The same with three million spaces, which mean nothing.
fn long(reply: ProviderReply) -> ProviderReply {
    reply.text(|text| text + &" ".repeat(3_000_000))
}
