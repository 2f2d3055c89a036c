use harness::{expect, ohlc, scenario};

use crate::vocabulary::layers::Layers;

scenario! {
    G15 P3 "A custom window that starts and ends on one day holds that day"
    from ["decisions.md#includes"]
    needs [DropL1]
    catches ["window-without-its-last-day"]
    async fn same_day_custom(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        for (resolution, count) in [("D", 1), ("30", 13)] {
            let ask = ohlc("AAPL").between("2026-01-15", "2026-01-15").resolution(resolution);
            for (layer, reply) in Layers::of(&server, ask).await?.each() {
                expect(format!("candles at resolution={resolution} {layer}"), reply.candles()?.len()).is(count)?;
            }
        }
    }
}
