//! Issue 3: an answer that replaced its older self in memory counted as an eviction, so memory with room to spare looked
//! too small.

use harness::{expect, ohlc, scenario};

scenario! {
    R3 P1 "An answer that replaces its older self in memory is no eviction"
    from ["contract.md#statistics"]
    needs [Clock]
    catches ["replaced-answers-count-as-evicted"]
    async fn refreshed_answer_is_no_eviction(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;
        for now in ["2026-02-03T23:00:01Z", "2026-02-04T00:00:02Z"] {
            lab.time_is(now); // past memory's hour, on the same day in New York
            server.ask(ohlc("AAPL").range("1W")).await?.comes_from("dynamodb")?;
        }
        expect("answers in memory", server.statistic("in_memory_entries").await?).is(1)?;
        expect("evictions", server.statistic("in_memory_evictions").await?).is(0)?;
    }
}
