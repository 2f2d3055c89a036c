use harness::providers::Row;
use harness::{expect, for_all, ohlc, scenario};
use proptest::prelude::*;

use crate::vocabulary::layers::Layers;
use crate::vocabulary::tickers::tickers;

scenario! {
    B11 P1 "The bytes of `candles` are identical from the provider, from memory and from the table"
    from ["decisions.md#candle-json"]
    needs [DropL1]
    catches ["cached-candles-formatted-otherwise"]
    async fn provider_to_response_round_trip(lab: &mut Lab) {
        let server = lab.server().await?;
        let mut tickers = tickers('R');
        for_all(lab, 12, price_texts(), async |lab, price| {
            let ticker = tickers.next().unwrap_or_else(|| "R".into());
            let days = ["2026-01-30", "2026-02-02", "2026-02-03"];
            lab.tiingo.lists(&ticker).rows("D", days.map(|day| Row::new(day, &price, &price, &price, &price, "7")));
            let layers = Layers::of(&server, ohlc(&ticker).between("2026-01-30", "2026-02-03")).await?;
            let fresh = layers.provider.candles_text()?;
            expect("the candles' bytes from memory", layers.memory.candles_text()?).is(fresh)?;
            expect("the candles' bytes from the table", layers.table.candles_text()?).is(fresh)
        })
        .await?;
    }
}

/// Prices as encoders write them: whole, with trailing zeros, with an exponent, with many decimals.
fn price_texts() -> impl Strategy<Value = String> {
    prop_oneof![
        (1_u32..9_999).prop_map(|dollars| dollars.to_string()),
        (1_u32..9_999, 0_u32..99).prop_map(|(dollars, cents)| format!("{dollars}.{cents:02}0")),
        (1_u32..99, 0_u32..9).prop_map(|(dollars, tenths)| format!("{dollars}.{tenths}e2")),
        (1_u32..9_999, 1_u64..9_999_999_999).prop_map(|(dollars, rest)| format!("{dollars}.{rest:010}")),
    ]
}
