use harness::providers::Row;
use harness::{expect, for_all, ohlc, scenario};
use proptest::prelude::*;

use crate::vocabulary::layers::Layers;
use crate::vocabulary::tickers::tickers;

scenario! {
    B1 P0 "Prices with 4 and more decimals come back exactly from every layer"
    from ["decisions.md#price"]
    needs [DropL1]
    catches ["prices-rounded-to-cents", "prices-through-f32", "prices-through-f64"]
    async fn price_precision_preserved(lab: &mut Lab) {
        let server = lab.server().await?;
        let mut tickers = tickers('P');
        for_all(lab, 12, prices(), async |lab, [low, open, close, high]| {
            let ticker = tickers.next().unwrap_or_else(|| "P".into());
            let row = Row::new("2026-02-02", &open, &high, &low, &close, "50000000");
            lab.tiingo.lists(&ticker).rows("D", [row]);
            let expected = lab.tiingo.expected(&ticker, "D", "2026-02-02", "2026-02-02");
            let layers = Layers::of(&server, ohlc(&ticker).between("2026-02-02", "2026-02-02")).await?;
            for (layer, reply) in layers.each() {
                expect(format!("the prices {layer}"), reply.candles()?).is(expected.clone())?;
            }
            let stored = lab.table.items_under(&format!("{ticker}#tiingo")).await?;
            let close = expected.first().map(|candle| candle.close.to_string());
            expect("the stored close", stored.first().and_then(|item| item.n("close"))).is(close.as_deref())
        })
        .await?;

        // Some encoders write an exponent, and some of those a capital one.
        let row = Row::new("2026-02-02", "1.5125E2", "1.525e2", "15.1E1", "1515e-1", "1000");
        lab.tiingo.lists("SCI").rows("D", [row]);
        for (layer, reply) in Layers::of(&server, ohlc("SCI").between("2026-02-02", "2026-02-02")).await?.each() {
            let candle = expect(format!("the candle {layer}"), reply.candles()?.into_iter().next()).is_there()?;
            let prices = [candle.open, candle.high, candle.low, candle.close].map(|price| price.to_string());
            expect(format!("prices with exponents {layer}"), prices).is(["151.25", "152.5", "151", "151.5"])?;
        }
    }
}

/// Four prices in ascending order with 4 to 18 decimals; the last one always has 18, more than a double can hold.
/// Fewer decimals are simpler, other digits are not.
fn prices() -> impl Strategy<Value = [String; 4]> {
    let (dollars, fraction) = ((100_u64..900).no_shrink(), (0_u64..1_000_000_000_000_000_000).no_shrink());
    (dollars, 4_usize..=18, fraction).prop_map(|(dollars, decimals, fraction)| {
        [0, 1, 2, 3].map(|step| {
            let fraction = format!("{fraction:018}");
            let decimals = if step == 3 { 18 } else { decimals };
            format!("{}.{}", dollars + step, &fraction[..decimals])
        })
    })
}
