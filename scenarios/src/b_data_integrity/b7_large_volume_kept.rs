use harness::{expect, ohlc, scenario};

use crate::vocabulary::layers::Layers;

scenario! {
    B7 P1 "Volumes above 2^31 and 2^53 come back exactly"
    from ["decisions.md#volume"]
    needs [DropL1]
    catches ["volume-in-32-bits", "volume-through-f64"]
    async fn large_volume_kept(lab: &mut Lab) {
        let volumes = [("2026-01-30", 2_147_483_649_u64), ("2026-02-02", 9_007_199_254_740_993)];
        let listing = lab.tiingo.lists("AAPL").since("2020-01-02");
        volumes.into_iter().fold(listing, |listing, (date, volume)| {
            listing.edit(date, move |row| row.volume = Some(volume.to_string()))
        });
        let server = lab.server().await?;
        let layers = Layers::of(&server, ohlc("AAPL").range("1W")).await?;
        for (layer, reply) in layers.each() {
            let candles = reply.candles()?;
            for (date, volume) in volumes {
                let served = candles.iter().find(|candle| candle.time == date).map(|candle| candle.volume);
                expect(format!("the volume of {date} {layer}"), served).is(Some(volume))?;
            }
        }
    }
}
