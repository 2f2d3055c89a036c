use harness::{expect, ohlc, scenario};

use crate::vocabulary::layers::Layers;

scenario! {
    B2 P0 "A candle with missing or null volume is served and stored with volume 0"
    from ["decisions.md#volume"]
    needs [DropL1]
    catches ["null-volume-fails-the-write", "null-volume-leaks", "candle-without-volume-rejected"]
    async fn missing_volume_is_zero(lab: &mut Lab) {
        let listing = lab.tiingo.lists("AAPL").since("2020-01-02");
        listing.edit("2026-01-29", |row| row.volume = None).edit("2026-01-30", |row| row.volume = Some("null".into()));
        let server = lab.server().await?;
        let layers = Layers::of(&server, ohlc("AAPL").range("1W")).await?;
        for (layer, reply) in layers.each() {
            let candles = reply.candles()?;
            for date in ["2026-01-29", "2026-01-30"] {
                let volume = candles.iter().find(|candle| candle.time == date).map(|candle| candle.volume);
                expect(format!("the volume of {date} {layer}"), volume).is(Some(0))?;
            }
            expect(format!("candles {layer}"), candles.len()).is(6)?;
        }
        let stored = lab.table.items_under("AAPL#tiingo").await?;
        let zeros = stored.iter().filter(|item| item.n("volume") == Some("0")).count();
        expect("items stored with volume 0", zeros).is(2)?;
    }
}
