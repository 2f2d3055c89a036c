use harness::{expect, ohlc, scenario};

use crate::vocabulary::layers::Layers;

scenario! {
    B6 P1 "Stored and served timestamps carry their zone and name the same instant"
    from ["decisions.md#stamp-text", "decisions.md#sort-key"]
    needs [DropL1]
    catches ["naive-timestamps", "eastern-time-as-utc"]
    async fn timestamps_stay_utc(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02").dated_with_offset();
        let server = lab.server().await?;
        let layers = Layers::of(&server, ohlc("AAPL").range("1D").resolution("60")).await?;
        let hours = ["14:30", "15:00", "16:00", "17:00", "18:00", "19:00", "20:00"];
        let instants = hours.map(|hour| format!("2026-02-03T{hour}:00Z"));
        for (layer, reply) in layers.each() {
            let served: Vec<String> = reply.candles()?.into_iter().map(|candle| candle.time).collect();
            expect(format!("the instants {layer}"), served).is(instants.to_vec())?;
        }
        let items = lab.table.items_under("AAPL#tiingo").await?;
        let stored: Vec<&str> = items.iter().filter_map(|item| item.s("SK")).collect();
        expect("the instants stored", stored).is(instants.map(|instant| format!("60#{instant}")).to_vec())?;
        for item in &items {
            let fetched = expect("fetched_at", item.s("fetched_at")).is_there()?;
            expect("when it was fetched", fetched.parse().ok()).is(Some(lab.now()))?;
        }
    }
}
