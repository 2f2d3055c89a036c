use harness::providers::Row;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::layers::Layers;

const HOUR: &str = "2026-02-03T15:00:00Z";

scenario! {
    B19 P0 "A high or low that misses another price by rounding noise, 1e-9 of it, makes a good candle, served and stored as sent; beyond that it is rejected"
    from ["decisions.md#noise", "decisions.md#flaw"]
    needs [DropL1]
    catches ["noise-taken-for-a-flaw", "a-tenth-of-a-percent-taken-for-noise", "noisy-prices-mended"]
    async fn rounding_noise(lab: &mut Lab) {
        let server = lab.server().await?;
        let day = |ticker| ohlc(ticker).between("2026-02-02", "2026-02-02");
        let hours = |ticker| ohlc(ticker).between("2026-02-03", "2026-02-03").resolution("60");
        lab.tiingo.lists("AAPL").rows("D", [noisy("2026-02-02")]);
        lab.tiingo.lists("MSFT").since("2020-01-02").edit(HOUR, |row| *row = noisy(HOUR));
        let expected = lab.tiingo.expected("AAPL", "D", "2026-02-02", "2026-02-02");
        expect("candles that are good", expected.len()).is(1)?;
        for (layer, reply) in Layers::of(&server, day("AAPL")).await?.each() {
            expect(format!("the day {layer}"), reply.candles()?).is(expected.clone())?;
        }
        let expected = lab.tiingo.expected("MSFT", "60", "2026-02-03", "2026-02-03");
        for (layer, reply) in Layers::of(&server, hours("MSFT")).await?.each() {
            expect(format!("the hours {layer}"), reply.candles()?).is(expected.clone())?;
        }

        // Beyond noise, above and below: rejected.
        let beyond = [
            Row::new("2026-01-30", "27.05", "27.13", "27.01", "27.13000003", "1000"),
            Row::new("2026-02-02", "27.05", "27.13", "27.05000003", "27.1", "1000"),
            noisy("2026-02-03"),
        ];
        lab.tiingo.lists("NVDA").rows("D", beyond);
        let reply = server.ask(ohlc("NVDA").between("2026-01-30", "2026-02-03")).await?.comes_from("tiingo")?;
        let served: Vec<String> = reply.candles()?.into_iter().map(|candle| candle.time).collect();
        expect("the days served", served).is(["2026-02-03"])?;

        // The other provider computes in binary, too.
        lab.tiingo.unavailable();
        lab.tiingo.lists("AMZN").rows("D", [noisy("2026-02-02")]);
        let fetched = server.ask(day("AMZN")).await?.comes_from("finnhub")?;
        server.idle().await?;
        server.drop_l1().await?;
        let stored = server.ask(day("AMZN")).await?.comes_from("dynamodb")?;
        expect("the stored candles", stored.candles_text()?).is(fetched.candles_text()?)?;
    }
}

/// A bar as adjusting leaves it: its high under its close, and its low above its open.
fn noisy(at: &str) -> Row {
    Row::new(at, "27.05", "27.129999999999995", "27.050000000000004", "27.130000000000003", "1000")
}
