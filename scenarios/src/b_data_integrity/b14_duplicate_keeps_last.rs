use harness::{expect, ohlc, scenario};

use crate::vocabulary::layers::Layers;

scenario! {
    B14 P1 "Of two candles with the same timestamp, the last one is served and stored"
    from ["decisions.md#arrange"]
    needs [DropL1]
    catches ["duplicate-keeps-first", "duplicate-keeps-both"]
    async fn duplicate_keeps_last(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02").doubled("2026-01-30", |row| row.volume = Some("77".into()));
        let server = lab.server().await?;
        let layers = Layers::of(&server, ohlc("AAPL").range("1W")).await?;
        for (layer, reply) in layers.each() {
            let candles = reply.candles()?;
            let volumes: Vec<u64> =
                candles.iter().filter(|candle| candle.time == "2026-01-30").map(|candle| candle.volume).collect();
            expect(format!("the volumes of that day {layer}"), volumes).is([77])?;
        }
        let items = lab.table.items_under("AAPL#tiingo").await?;
        let stored = items.iter().find(|item| item.s("SK") == Some("D#2026-01-30T00:00:00Z"));
        expect("the stored volume", stored.and_then(|item| item.n("volume"))).is(Some("77"))?;
    }
}
