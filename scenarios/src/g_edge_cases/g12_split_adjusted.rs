use harness::providers::Row;
use harness::{Reply, Verdict, expect, ohlc, scenario};

use crate::vocabulary::layers::Layers;

scenario! {
    G12 P3 "Adjusted prices do not jump at a split, even if a window was stored before it"
    from ["decisions.md#adjusted-prices", "decisions.md#one-scale"]
    needs [Clock, DropL1]
    catches ["raw-prices", "candles-of-two-fetches-mixed", "scale-not-looked-at"]
    async fn split_adjusted(lab: &mut Lab) {
        let server = lab.server().await?;
        lab.tiingo.lists("AAPL").since("2020-01-02").splits("2020-08-31", 4);
        lab.tiingo.lists("TSLA").since("2020-01-02").splits("2022-08-25", 3);
        for (ticker, first, last) in [("AAPL", "2020-08-03", "2020-09-30"), ("TSLA", "2022-08-01", "2022-09-30")] {
            let layers = Layers::of(&server, ohlc(ticker).between(first, last)).await?;
            let expected = lab.tiingo.expected(ticker, "D", first, last);
            for (layer, reply) in layers.each() {
                expect(format!("adjusted candles of {ticker} {layer}"), reply.candles()?).is(expected.clone())?;
            }
        }

        // A split tomorrow: what is stored today is on another scale than what is fetched then, and does not show the split.
        lab.tiingo.lists("NVDA").rows("D", after_the_split()).splits("2026-02-04", 10);
        let before = server.ask(ohlc("NVDA").between("2026-01-26", "2026-01-30")).await?.comes_from("tiingo")?;
        expect("closes before it", closes(&before)?).is(["100"; 5])?;
        server.idle().await?;
        lab.time_is("2026-02-04T22:00:00Z");
        server.ask(ohlc("NVDA").between("2026-01-29", "2026-02-03")).await?.comes_from("tiingo")?;
        server.idle().await?;
        server.drop_l1().await?;
        let across = server.ask(ohlc("NVDA").between("2026-01-26", "2026-01-30")).await?;
        expect("closes on one scale", closes(&across)?).is(["10"; 5])?;
    }
}

fn closes(reply: &Reply) -> Verdict<Vec<String>> {
    Ok(reply.candles()?.into_iter().map(|candle| candle.close.to_string()).collect())
}

fn after_the_split() -> Vec<Row> {
    let days = ["2026-01-26", "2026-01-27", "2026-01-28", "2026-01-29", "2026-01-30", "2026-02-02", "2026-02-03", "2026-02-04"];
    days.map(|day| Row::new(day, "10", "10", "10", "10", "1000")).to_vec()
}
