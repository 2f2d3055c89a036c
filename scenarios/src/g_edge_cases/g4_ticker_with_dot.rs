use harness::{expect, ohlc, scenario};

use crate::vocabulary::layers::Layers;

scenario! {
    G4 P2 "Every layer serves a ticker with a dot, BRK.B"
    from ["decisions.md#ticker"]
    needs [DropL1]
    catches ["ticker-dot-dropped", "partition-key-dot-as-separator"]
    async fn ticker_with_dot(lab: &mut Lab) {
        lab.tiingo.lists("BRK.B").since("2020-01-02");
        let server = lab.server().await?;
        let layers = Layers::of(&server, ohlc("BRK.B").range("1W")).await?;
        for (layer, reply) in layers.each() {
            expect(format!("the ticker {layer}"), reply.field("ticker")).is("BRK.B")?;
            expect(format!("the key {layer}"), reply.cache_key()).is("ohlc:BRK.B:D:1W:2026-02-03")?;
            let expected = lab.tiingo.expected("BRK.B", "D", "2026-01-27", "2026-02-03");
            expect(format!("the candles {layer}"), reply.candles()?).is(expected)?;
        }
        let paths: Vec<String> = lab.tiingo.calls().into_iter().map(|call| call.path).collect();
        expect("what the provider was asked", paths).is(["/tiingo/daily/BRK-B/prices"])?;
        expect("candles stored under BRK.B#tiingo", lab.table.items_under("BRK.B#tiingo").await?.len()).is(6)?;
    }
}
