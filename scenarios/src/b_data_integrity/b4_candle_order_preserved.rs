use harness::{expect, ohlc, scenario};

use crate::vocabulary::layers::Layers;

scenario! {
    B4 P0 "Every layer serves candles in ascending order, whatever the provider's order"
    from ["decisions.md#arrange", "decisions.md#ascending"]
    needs [DropL1]
    catches ["query-in-reverse", "provider-order-kept"]
    async fn candle_order_preserved(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02").in_disorder();
        let server = lab.server().await?;
        for resolution in ["D", "30"] {
            let layers = Layers::of(&server, ohlc("AAPL").range("1M").resolution(resolution)).await?;
            for (layer, reply) in layers.each() {
                let times: Vec<String> = reply.candles()?.into_iter().map(|candle| candle.time).collect();
                expect(format!("the times {layer}"), times).holds("ascending ones", |times| times.is_sorted())?;
            }
        }
    }
}
