use harness::observe::journal::Peer;
use harness::providers::Row;
use harness::{Lab, expect, ohlc, scenario};

use crate::vocabulary::deadline::unhurried;

/// Who serves what: two months of days, and a week of hours. One row of each is all zeros.
const WINDOWS: [(&str, &str, &str, &str, &str, &str); 2] = [
    ("tiingo", "AAPL", "D", "2025-12-01", "2026-02-02", "2026-01-06"),
    ("finnhub", "MSFT", "60", "2026-01-12", "2026-01-16", "2026-01-13T16:00:00Z"),
];

scenario! {
    E32 P1 "A window with a row of zeros costs one provider call for each five minutes, whoever asks, and what is stored of it is not written again; it is at hand when the providers are down, and whole when the row is mended"
    from ["decisions.md#whole-window", "decisions.md#unchanged", "decisions.md#at-hand"]
    needs [Clock, SeveralInstances, OwnEnvironment]
    catches ["stored-candles-written-again", "bad-candle-costs-a-call-each-time", "absent-candles-not-recorded", "candles-of-two-fetches-mixed"]
    async fn bounded_work(lab: &mut Lab) {
        for (source, ticker, resolution, first, last, bad) in WINDOWS {
            if source == "finnhub" {
                lab.tiingo.unavailable();
            }
            lab.tiingo.lists(ticker).since("2020-01-02").edit(bad, |row| all(row, "0.0"));
            let ask = ohlc(ticker).between(first, last).resolution(resolution);
            let good = lab.tiingo.expected(ticker, resolution, first, last).len();
            let (mark, all_batches) = (lab.journal.len(), good.div_ceil(25));
            for (calls, fetched_at, asked_again_at) in [(1, "00:00", "04:50"), (2, "05:00", "09:50"), (3, "10:00", "14:50")] {
                lab.time_is(format!("2026-02-03T22:{fetched_at}Z").as_str());
                let server = lab.another_server().await?;
                let fetched = server.ask(ask.clone()).await?.comes_from(source)?;
                expect(format!("bars at {fetched_at}"), fetched.candles()?.len()).is(good)?;
                server.idle().await?;

                lab.time_is(format!("2026-02-03T22:{asked_again_at}Z").as_str());
                let kept = server.ask(ask.clone()).await?.comes_from("in-memory")?;
                let stored = lab.another_server().await?.ask(ask.clone()).await?.comes_from("dynamodb")?;
                for (layer, reply) in [("in memory", kept), ("in the table", stored)] {
                    expect(format!("the bars' bytes {layer}"), reply.candles_text()?).is(fetched.candles_text()?)?;
                    expect(format!("X-Cache-Age {layer}"), reply.header("x-cache-age")).is("290")?;
                }
                expect(format!("provider calls by {asked_again_at}"), calls_of(lab, source, ticker)).is(calls)?;
                expect(format!("batches written by {asked_again_at}"), batches(lab, mark)).is(all_batches)?;
            }

            // While nobody can answer, what is stored is still at hand.
            lab.time_is("2026-02-03T22:15:00Z");
            lab.tiingo.unavailable();
            lab.finnhub.unavailable();
            let settings = unhurried(lab.time());
            let stale = lab.another_server_with(settings).await?.ask(ask.clone()).await?.comes_from("stale")?;
            expect("bars that are stale", stale.candles()?.len()).is(good)?;
            lab.finnhub.recovers();
            if source == "tiingo" {
                lab.tiingo.recovers();
            }

            lab.tiingo.lists(ticker).edit(bad, |row| all(row, "10"));
            lab.time_is("2026-02-03T22:16:00Z");
            let server = lab.another_server().await?;
            let mended = server.ask(ask.clone()).await?.comes_from(source)?;
            expect("bars when the row is mended", mended.candles()?.len()).is(good + 1)?;
            server.idle().await?;
            lab.time_is("2026-02-03T22:55:00Z");
            lab.another_server().await?.ask(ask).await?.comes_from("dynamodb")?;
        }

        // A row that was good when another window was fetched, and is bad by now.
        lab.tiingo.recovers();
        lab.tiingo.lists("NVDA").since("2020-01-02");
        lab.time_is("2026-02-03T23:00:00Z");
        let server = lab.another_server().await?;
        server.ask(ohlc("NVDA").between("2026-01-12", "2026-01-16")).await?.comes_from("tiingo")?;
        server.idle().await?;
        lab.tiingo.lists("NVDA").edit("2026-01-14", |row| all(row, "0.0"));
        let mark = lab.journal.len();
        for (minute, source) in [("01", "tiingo"), ("02", "dynamodb"), ("06", "tiingo"), ("07", "dynamodb")] {
            lab.time_is(format!("2026-02-03T23:{minute}:00Z").as_str());
            let server = lab.another_server().await?;
            let month = server.ask(ohlc("NVDA").between("2026-01-05", "2026-01-30")).await?.comes_from(source)?;
            let expected = lab.tiingo.expected("NVDA", "D", "2026-01-05", "2026-01-30");
            expect(format!("the bars at 23:{minute}"), month.candles()?).is(expected)?;
            server.idle().await?;
        }
        expect("batches of the month", batches(lab, mark)).is(1)?;
    }
}

fn all(row: &mut Row, price: &str) {
    for text in [&mut row.open, &mut row.high, &mut row.low, &mut row.close] {
        price.clone_into(text);
    }
}

fn calls_of(lab: &Lab, source: &str, ticker: &str) -> usize {
    let provider = if source == "finnhub" { &lab.finnhub } else { &lab.tiingo };
    provider.calls_about(ticker).len()
}

fn batches(lab: &Lab, mark: usize) -> usize {
    let calls = lab.journal.since(mark, Peer::DynamoDb);
    calls.iter().filter(|call| call.operation == "BatchWriteItem").count()
}
