use harness::{expect, ohlc, scenario};

use crate::layers::Layers;

scenario! {
    G20 P3 required "A session with no candles in a successful answer stays cacheable: a halt does not ask the provider forever"
    needs [DropL1]
    catches ["absent-candles-not-recorded"]
    async fn halted_stock(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02").without(["2026-01-28", "2026-01-29"]);
        let server = lab.server().await?;
        for (resolution, count) in [("D", 4), ("60", 4 * 7)] {
            let layers = Layers::of(&server, ohlc("AAPL").range("1W").resolution(resolution)).await?;
            for (layer, reply) in layers.each() {
                expect(format!("candles at resolution={resolution} {layer}"), reply.candles()?.len()).is(count)?;
            }
        }
        expect("provider calls", lab.tiingo.calls().len()).is(2)?;
    }
}
