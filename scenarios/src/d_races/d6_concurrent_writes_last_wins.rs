use harness::faults::on;
use harness::{expect, ohlc, scenario};

scenario! {
    D6 P1 "Candles of two interleaved writers are never served mixed; one complete state remains, and the newer completeness record"
    from ["decisions.md#newest-of-a-day", "decisions.md#claim-is-newest", "decisions.md#last-writer-wins"]
    needs [Clock, SeveralInstances]
    catches ["candles-of-several-fetches-served", "claim-under-any-fence"]
    async fn concurrent_writes_last_wins(lab: &mut Lab) {
        // Three batches; the provider corrects one row in the first of them and one in the last.
        let window = ("2025-11-03", "2026-02-03");
        let ask = ohlc("AAPL").between(window.0, window.1);
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let (slow, quick, reader) = (lab.server().await?, lab.another_server().await?, lab.another_server().await?);
        let gate = lab.dynamodb.hold(on("BatchWriteItem").nth(2));
        let slow_asks = slow.begin(ask.clone());
        expect("the first writer is in the middle of its write", gate.arrived(1).await).is(true)?;

        lab.time_is("2026-02-03T22:00:01Z");
        for corrected in ["2025-11-04", "2026-02-02"] {
            lab.tiingo.lists("AAPL").edit(corrected, |row| row.volume = Some("1".into()));
        }
        let newer = quick.ask(ask.clone()).await?.comes_from("tiingo")?;
        quick.idle().await?;
        gate.open();
        let older = slow_asks.answer().await?.comes_from("tiingo")?;
        slow.idle().await?;
        expect("the older candles", older.candles_text()?).is_not(newer.candles_text()?)?;

        let next = reader.ask(ask).await?;
        expect("the next reader's candles", next.candles()?)
            .is(lab.tiingo.expected("AAPL", "D", window.0, window.1))?;
        reader.idle().await?;
        let items = lab.table.items_under("AAPL#tiingo").await?;
        let fetched: Vec<_> = items.iter().map(|item| item.s("fetched_at")).collect();
        expect("candles stored", fetched.len()).is(next.candles()?.len())?;
        let together = fetched.iter().all(|time| *time == fetched[0]);
        expect("that all were fetched together", together).is(true)?;

        // A day without a candle is whole only by a claim. The older writer comes last, under the older fence.
        lab.tiingo.lists("HALT").since("2020-01-02").without(["2026-01-29"]);
        let gate = lab.dynamodb.hold(on("BatchWriteItem").first(1));
        let slow_asks = slow.begin(ohlc("HALT").range("1W"));
        expect("the older writer is about to write", gate.arrived(1).await).is(true)?;
        lab.time_is("2026-02-03T22:00:02Z");
        lab.tiingo.lists("HALT").edit("2026-02-02", |row| row.volume = Some("1".into()));
        quick.ask(ohlc("HALT").range("1W")).await?.comes_from("tiingo")?;
        quick.idle().await?;
        gate.open();
        slow_asks.answer().await?.comes_from("tiingo")?;
        slow.idle().await?;
        let next = reader.ask(ohlc("HALT").range("1W")).await?.comes_from("tiingo")?;
        expect("the next reader's candles of a window with a hole", next.candles()?)
            .is(lab.tiingo.expected("HALT", "D", "2026-01-27", "2026-02-03"))?;
    }
}
