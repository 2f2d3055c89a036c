use harness::{expect, ohlc, scenario};

use crate::layers::Layers;

scenario! {
    G3 P2 required "The day after Thanksgiving is whole with 42 five-minute bars"
    needs [Clock, DropL1]
    catches ["ttl-blind-to-early-closes"]
    async fn half_day(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.time_is("2025-12-01T15:00:00Z");
        let server = lab.server().await?;
        let layers = Layers::of(&server, ohlc("AAPL").between("2025-11-28", "2025-11-28").resolution("5")).await?;
        for (layer, reply) in layers.each() {
            expect(format!("bars {layer}"), reply.candles()?.len()).is(42)?;
        }
        // Nothing was missing, so nothing had to be recorded as absent.
        expect("items stored", lab.table.items_under("AAPL#tiingo").await?.len()).is(42)?;
    }
}
