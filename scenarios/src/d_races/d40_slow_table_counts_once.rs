use harness::faults::{EmptyPages, Latency, everything, on};
use harness::{expect, ohlc, scenario};

use crate::vocabulary::deadline::last_answer_took;

scenario! {
    D40 P1 "A slow table costs its time once, whatever number of partitions, records and pages a look asks for"
    from ["decisions.md#partitions-together", "decisions.md#look-bound", "decisions.md#slow-look"]
    needs [SeveralInstances, OwnEnvironment]
    catches ["partitions-asked-in-turn", "look-as-long-as-its-calls"]
    async fn slow_table_counts_once(lab: &mut Lab) {
        for ticker in ["AAPL", "FINN", "HALF", "ENDS"] {
            lab.tiingo.lists(ticker).since("2020-01-02");
        }
        let writer = lab.server().await?;
        writer.ask(ohlc("HALF").range("1W")).await?.comes_from("tiingo")?;
        lab.tiingo.unavailable().for_calls(1);
        writer.ask(ohlc("FINN").range("1W")).await?.comes_from("finnhub")?;
        writer.idle().await?;
        // A window that lacks a candle, and no record that explains it: a look asks for both, one after the other.
        lab.table.delete("HALF#tiingo", "D#2026-01-29T00:00:00Z").await?;

        let time = lab.time();
        // Less than half of the real thing, where that would be waited for.
        let shorter = time.shortened([
            ("OHLC_PROVIDER_TIMEOUT", 1_200),
            ("OHLC_CEILING_MARGIN", 200),
            ("OHLC_CEILING", 2_250),
            ("OHLC_SLOW_LOOK", 400),
            ("OHLC_DYNAMODB_TIMEOUT", 900),
            ("OHLC_PARTITION_PATIENCE", 100),
            ("OHLC_WRITE_WAIT", 0),
        ]);
        let server = lab.another_server_with(shorter).await?;
        let slow = lab.dynamodb.inject(everything(), Latency::of(time.milliseconds(1_500, 700)));
        lab.tiingo.answers_after(time.milliseconds(2_200, 880));

        // Nobody has it: two partitions are asked, then the provider.
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        // The fallback's candles are found beside the preferred provider's lack of them.
        server.ask(ohlc("FINN").range("1W")).await?.comes_from("dynamodb")?;
        let took = expect("the time that a hit took", last_answer_took(lab)).is_there()?;
        expect("the time that a hit took", took).lies_in(&time.exactly_or_at_least(250 + 1_500, 700))?;
        server.ask(ohlc("HALF").range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;
        slow.end();

        // An answer that does not end is given up like any that takes too long.
        let pages = lab.dynamodb.inject(on("Query").pk("ENDS#tiingo"), EmptyPages::without_end(time.milliseconds(20, 10)));
        server.ask(ohlc("ENDS").range("1W")).await?.comes_from("tiingo")?;
        let asked_by_then = pages.applied();
        server.idle().await?;
        expect("pages asked for by then", asked_by_then).is_not(0)?;
        expect("pages asked for in all", pages.applied()).is(asked_by_then)?;
        // One with a few empty pages is a whole one.
        pages.end();
        let pages = lab.dynamodb.inject(on("Query").pk("ENDS#tiingo"), EmptyPages::first(3));
        lab.another_server().await?.ask(ohlc("ENDS").range("1W")).await?.comes_from("dynamodb")?;
        expect("empty pages", pages.applied()).is(3)?;
    }
}
