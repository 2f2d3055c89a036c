use harness::observe::journal::Peer;
use harness::providers::Row;
use harness::{Ask, Lab, Verdict, expect, ohlc, scenario};

/// Who answers when nothing was ever to be expected: nobody is asked.
const NOTHING: [(&str, usize); 3] = [("none", 0); 3];
/// Who answers what is known: the provider once, then this instance's memory, then the table.
const ONCE: [(&str, usize); 3] = [("tiingo", 1), ("in-memory", 0), ("dynamodb", 0)];
/// Who answers when nothing is known: both providers each time, for an empty answer is not kept.
const EACH_TIME: [(&str, usize); 3] = [("tiingo", 2); 3];

scenario! {
    G28 P1 "Asked twice and by two instances, closed days and days before the bell cost nothing, a bar that is not there yet one provider call in all, and the first seconds of a day one each"
    from ["contract.md#no-trading", "decisions.md#absence-settles", "decisions.md#empty-answer", "decisions.md#stands-in"]
    needs [Clock, SeveralInstances]
    catches ["sessions-every-day-of-the-week", "absent-candles-not-recorded", "daily-candles-before-the-first-bar"]
    async fn empty_days_asked_twice(lab: &mut Lab) {
        for ticker in ["AAPL", "BELL", "LAST"] {
            lab.tiingo.lists(ticker).since("2020-01-02");
        }
        // Before the bell.
        costs(lab, "2026-02-03T13:00:00Z", ohlc("AAPL").range("1D").resolution("5"), NOTHING).await?;
        costs(lab, "2026-02-03T13:00:00Z", ohlc("AAPL").range("1W").resolution("60"), ONCE).await?;
        // At 09:30:05 nothing has been traded yet.
        lab.tiingo.lists("BELL").without(["2026-02-03T14:30:00Z"]);
        costs(lab, "2026-02-03T14:30:05Z", ohlc("BELL").range("1D").resolution("5"), EACH_TIME).await?;
        // At 11:02:03 nothing in this minute; at 16:05 the day's bar is not published.
        lab.tiingo.lists("LAST").without(["2026-02-03T16:02:00Z"]);
        costs(lab, "2026-02-03T16:02:03Z", ohlc("LAST").range("1D").resolution("1"), ONCE).await?;
        let days = ["2026-01-30", "2026-02-02"].map(|day| Row::new(day, "10", "10", "10", "10", "1"));
        lab.tiingo.lists("LATE").rows("D", days);
        costs(lab, "2026-02-03T21:05:00Z", ohlc("LATE").between("2026-01-30", "2026-02-03"), ONCE).await?;
        // On a Saturday.
        costs(lab, "2026-02-07T17:00:00Z", ohlc("AAPL").range("1D"), NOTHING).await?;
        costs(lab, "2026-02-07T17:00:00Z", ohlc("AAPL").between("2026-01-31", "2026-02-01").resolution("5"), NOTHING).await?;
        costs(lab, "2026-02-07T17:00:00Z", ohlc("AAPL").range("1W"), ONCE).await?;
    }
}

/// Asks twice, and once more by another instance: each answer comes from there, and costs so many provider calls.
async fn costs(lab: &mut Lab, now: &str, ask: Ask, answers: [(&str, usize); 3]) -> Verdict {
    lab.time_is(now);
    let (server, other) = (lab.another_server().await?, lab.another_server().await?);
    for ((turn, (source, calls)), server) in (1..).zip(answers).zip([&server, &server, &other]) {
        let mark = lab.journal.len();
        let reply = server.ask(ask.clone()).await?.comes_from(source)?;
        server.idle().await?;
        expect(format!("a stand-in at {now}"), reply.field("resolution_fallback")).is(false)?;
        let called = [Peer::Tiingo, Peer::Finnhub].map(|provider| lab.journal.since(mark, provider).len());
        expect(format!("provider calls of answer {turn} at {now}"), called.iter().sum::<usize>()).is(calls)?;
        let looked = lab.journal.since(mark, Peer::DynamoDb).len();
        let free = ["none", "in-memory"].contains(&source);
        expect(format!("whether answer {turn} at {now} costs no DynamoDB call"), looked == 0).is(free)?;
    }
    Ok(())
}
