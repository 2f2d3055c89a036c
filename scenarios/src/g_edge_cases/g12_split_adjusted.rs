use harness::providers::Row;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::layers::Layers;

scenario! {
    G12 P3 "Adjusted prices do not jump at a split, even if a window was stored before it"
    from ["decisions.md#adjusted-prices", "decisions.md#one-fetch"]
    needs [Clock, DropL1]
    catches ["raw-prices", "candles-of-two-fetches-mixed"]
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

        // A split tomorrow: what is stored today is on another scale than what is fetched then.
        lab.tiingo.lists("NVDA").rows("D", before_the_split());
        server.ask(ohlc("NVDA").between("2026-01-26", "2026-01-30")).await?.comes_from("tiingo")?;
        server.idle().await?;
        lab.time_is("2026-02-04T22:00:00Z");
        lab.tiingo.lists("NVDA").rows("D", after_the_split());
        server.ask(ohlc("NVDA").between("2026-01-29", "2026-02-04")).await?.comes_from("tiingo")?;
        server.idle().await?;
        server.drop_l1().await?;
        let across = server.ask(ohlc("NVDA").between("2026-01-26", "2026-01-30")).await?;
        let closes: Vec<String> = across.candles()?.into_iter().map(|candle| candle.close.to_string()).collect();
        expect("closes on one scale", closes).is(["10"; 5])?;
    }
}

fn before_the_split() -> Vec<Row> {
    ["26", "27", "28", "29", "30"].map(|day| row(&format!("2026-01-{day}"), "100")).to_vec()
}

fn after_the_split() -> Vec<Row> {
    let days = ["2026-01-26", "2026-01-27", "2026-01-28", "2026-01-29", "2026-01-30", "2026-02-02", "2026-02-03", "2026-02-04"];
    days.map(|day| row(day, "10")).to_vec()
}

fn row(day: &str, price: &str) -> Row {
    Row::new(day, price, price, price, price, "1000")
}
