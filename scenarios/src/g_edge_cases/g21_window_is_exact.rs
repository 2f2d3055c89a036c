use harness::{expect, ohlc, scenario};

use crate::layers::Layers;

scenario! {
    G21 P3 required "Of a provider that returns more than was asked, nothing outside the window is served, counted or stored"
    needs [DropL1]
    catches ["answer-not-trimmed"]
    async fn window_is_exact(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02").overshoots(10);
        let server = lab.server().await?;
        for (resolution, count) in [("D", 5), ("60", 5 * 7)] {
            let ask = ohlc("AAPL").between("2026-01-12", "2026-01-16").resolution(resolution);
            for (layer, reply) in Layers::of(&server, ask).await?.each() {
                expect(format!("candles at resolution={resolution} {layer}"), reply.candles()?.len()).is(count)?;
                expect(format!("the count {layer}"), reply.field("count")).is(count)?;
            }
        }
        let stored = lab.table.items_under("AAPL#tiingo").await?;
        expect("candles stored", stored.iter().filter(|item| item.n("open").is_some()).count()).is(5 + 5 * 7)?;
    }
}
