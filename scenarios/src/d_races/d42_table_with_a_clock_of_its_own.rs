use harness::{expect, ohlc, scenario};

use crate::vocabulary::locks;

/// By a clock that is months ahead, everything has expired.
const AHEAD: &str = "2026-12-01T00:00:00Z";
const LOCK: &str = "LOCK#ohlc:MSFT:D:1W:2026-02-03";

scenario! {
    D42 P1 "What DynamoDB deletes by a clock of its own, early, late or only in part, is a miss: never an error, and never half an answer"
    from ["decisions.md#still-good", "decisions.md#missing", "decisions.md#lock-is-free"]
    needs [Clock, SeveralInstances]
    catches ["ttl-left-to-dynamodb", "four-fifths-are-enough", "half-is-enough"]
    async fn table_with_a_clock_of_its_own(lab: &mut Lab) {
        lab.time_is("2026-02-03T22:00:00Z");
        for (ticker, resolution) in [("AAPL", "D"), ("NVDA", "60")] {
            lab.tiingo.lists(ticker).since("2020-01-02");
            let ask = ohlc(ticker).between("2026-01-20", "2026-01-30").resolution(resolution);
            let expected = lab.tiingo.expected(ticker, resolution, "2026-01-20", "2026-01-30");
            let writer = lab.another_server().await?;
            let whole = writer.ask(ask.clone()).await?.comes_from("tiingo")?;
            expect("the candles", whole.candles()?).is(expected.clone())?;
            writer.idle().await?;

            // Early: one item, half of them, all of them.
            for most in [1, expected.len() / 2, usize::MAX] {
                let deleted = lab.table.deletes_expired(&format!("{ticker}#tiingo"), AHEAD, most).await?;
                expect("items that are deleted", deleted).is_not(0)?;
                let server = lab.another_server().await?;
                let again = server.ask(ask.clone()).await?.comes_from("tiingo")?;
                expect(format!("the candles when {deleted} items are gone"), again.candles()?).is(expected.clone())?;
                server.idle().await?;
                lab.another_server().await?.ask(ask.clone()).await?.comes_from("dynamodb")?;
            }
        }

        // The lock of a holder that is alive: the next one takes it, and both are answered.
        lab.tiingo.lists("MSFT").since("2020-01-02");
        let (first, second) = (lab.another_server().await?, lab.another_server().await?);
        let gate = lab.tiingo.hold_answers_about("MSFT");
        let holder = first.begin(ohlc("MSFT").range("1W"));
        expect("the holder's call", gate.arrived(1).await).is(true)?;
        expect("locks that are deleted", lab.table.deletes_expired(LOCK, AHEAD, usize::MAX).await?).is(1)?;
        let next = second.begin(ohlc("MSFT").range("1W"));
        expect("the next one's call", gate.arrived(2).await).is(true)?;
        gate.open();
        holder.answer().await?.comes_from("tiingo")?;
        next.answer().await?.comes_from("tiingo")?;
        first.idle().await?;
        second.idle().await?;
        expect("the lock afterwards", locks::holder(lab, LOCK).await?).is(None)?;

        // Late: what has expired is there for two days, and then it goes.
        lab.time_is("2026-05-05T14:00:00Z");
        let days = ohlc("MSFT").between("2026-01-28", "2026-02-03");
        let server = lab.another_server().await?;
        server.ask(days.clone()).await?.comes_from("tiingo")?;
        server.idle().await?;
        let late = lab.table.deletes_expired("MSFT#tiingo", "2026-05-04T23:00:00Z", usize::MAX).await?;
        expect("items of before, but for those that were written anew", late).is(1)?;
        lab.another_server().await?.ask(days).await?.comes_from("dynamodb")?;
    }
}
