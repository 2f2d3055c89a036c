use harness::{expect, ohlc, scenario};

use crate::vocabulary::layers::Layers;

scenario! {
    G6 P2 "Every layer serves a ticker of one letter, F"
    from ["decisions.md#ticker"]
    needs [DropL1]
    catches ["ticker-of-two-letters-at-least"]
    async fn single_letter(lab: &mut Lab) {
        lab.tiingo.lists("F").since("2020-01-02");
        let server = lab.server().await?;
        let layers = Layers::of(&server, ohlc("F").range("1W")).await?;
        for (layer, reply) in layers.each() {
            expect(format!("the ticker {layer}"), reply.field("ticker")).is("F")?;
            expect(format!("the key {layer}"), reply.cache_key()).is("ohlc:F:D:1W:2026-02-03")?;
            let expected = lab.tiingo.expected("F", "D", "2026-01-27", "2026-02-03");
            expect(format!("the candles {layer}"), reply.candles()?).is(expected)?;
        }
        let paths: Vec<String> = lab.tiingo.calls().into_iter().map(|call| call.path).collect();
        expect("what the provider was asked", paths).is(["/tiingo/daily/F/prices"])?;
        expect("candles stored under F#tiingo", lab.table.items_under("F#tiingo").await?.len()).is(6)?;
    }
}
