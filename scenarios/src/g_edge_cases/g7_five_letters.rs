use harness::{expect, ohlc, scenario};

use crate::vocabulary::layers::Layers;

scenario! {
    G7 P2 "Every layer serves a ticker of five letters, GOOGL"
    from ["decisions.md#ticker"]
    needs [DropL1]
    catches ["ticker-of-four-letters-at-most"]
    async fn five_letters(lab: &mut Lab) {
        lab.tiingo.lists("GOOGL").since("2020-01-02");
        let server = lab.server().await?;
        let layers = Layers::of(&server, ohlc("GOOGL").range("1W")).await?;
        for (layer, reply) in layers.each() {
            expect(format!("the ticker {layer}"), reply.field("ticker")).is("GOOGL")?;
            expect(format!("the key {layer}"), reply.cache_key()).is("ohlc:GOOGL:D:1W:2026-02-03")?;
            let expected = lab.tiingo.expected("GOOGL", "D", "2026-01-27", "2026-02-03");
            expect(format!("the candles {layer}"), reply.candles()?).is(expected)?;
        }
        let paths: Vec<String> = lab.tiingo.calls().into_iter().map(|call| call.path).collect();
        expect("what the provider was asked", paths).is(["/tiingo/daily/GOOGL/prices"])?;
        expect("candles stored under GOOGL#tiingo", lab.table.items_under("GOOGL#tiingo").await?.len()).is(6)?;
    }
}
