use harness::{expect, ohlc, scenario};

use crate::vocabulary::layers::Layers;

scenario! {
    G19 P3 "At 16:00:00 in New York the last candle is there, and final"
    from ["decisions.md#sessions", "decisions.md#unfinished-bars"]
    needs [Clock, DropL1]
    catches ["last-bucket-missed"]
    async fn market_close(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.time_is("2026-02-03T21:00:00Z");
        let server = lab.server().await?;
        let layers = Layers::of(&server, ohlc("AAPL").range("1D").resolution("5")).await?;
        for (layer, reply) in layers.each() {
            let last = reply.candles()?.pop().map(|candle| candle.time);
            expect(format!("the last candle {layer}"), last.as_deref()).is(Some("2026-02-03T20:55:00Z"))?;
        }
        // Without its last candle the day is not whole, however well the rest is stored.
        lab.table.delete("AAPL#tiingo", "5#2026-02-03T20:55:00Z").await?;
        server.drop_l1().await?;
        server.ask(ohlc("AAPL").range("1D").resolution("5")).await?.comes_from("tiingo")?;
    }
}
