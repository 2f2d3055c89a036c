use harness::{expect, ohlc, scenario};

use crate::vocabulary::layers::Layers;

scenario! {
    C9 P2 "Around the leap second of 2016-12-31 no candle is lost and no two share a sort key"
    from ["decisions.md#sort-key"]
    needs [Clock, DropL1]
    catches ["last-minute-of-an-hour-folded"]
    async fn leap_second_days(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2016-01-04");
        lab.time_is("2017-01-03T22:00:00Z");
        let server = lab.server().await?;
        let layers = Layers::of(&server, ohlc("AAPL").between("2016-12-30", "2017-01-03").resolution("1")).await?;
        let expected = lab.tiingo.expected("AAPL", "1", "2016-12-30", "2017-01-03");
        expect("minutes of two sessions", expected.len()).is(780)?;
        for (layer, reply) in layers.each() {
            expect(format!("the candles {layer}"), reply.candles()? == expected).is(true)?;
        }
        let stored = lab.table.items_under("AAPL#tiingo").await?;
        expect("candles stored", stored.iter().filter(|item| item.n("open").is_some()).count()).is(780)?;
    }
}
