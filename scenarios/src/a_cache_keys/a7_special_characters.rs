use harness::{expect, ohlc, scenario};

use crate::vocabulary::layers::Layers;

scenario! {
    A7 P2 "BRK.B round-trips: the provider gets its own symbol, the stored key is right, and the second request is a hit"
    from ["decisions.md#ticker", "decisions.md#partition-key", "contract.md#providers"]
    needs [DropL1]
    catches ["ticker-dot-dropped", "partition-key-dot-as-separator"]
    async fn special_characters(lab: &mut Lab) {
        lab.tiingo.lists("BRK.B").since("2020-01-02");
        let server = lab.server().await?;
        let layers = Layers::of(&server, ohlc("BRK.B").range("1W")).await?;
        for (layer, reply) in layers.each() {
            expect(format!("the ticker {layer}"), reply.field("ticker")).is("BRK.B")?;
            let expected = lab.tiingo.expected("BRK.B", "D", "2026-01-27", "2026-02-03");
            expect(format!("the candles {layer}"), reply.candles()?).is(expected)?;
        }
        let asked: Vec<String> = lab.tiingo.calls().into_iter().map(|call| call.path).collect();
        expect("the provider's symbol", asked).is(["/tiingo/daily/BRK-B/prices"])?;
        expect("candles stored under BRK.B#tiingo", lab.table.items_under("BRK.B#tiingo").await?.len()).is(6)?;
    }
}
