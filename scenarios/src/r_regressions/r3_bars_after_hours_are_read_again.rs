//! Issue 3: a bar from after hours, at 19:00 in New York, was served when it was fetched, but was missing when the same
//! window was read from the table: in UTC it belongs to the next day.

use harness::providers::Row;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::layers::Layers;

scenario! {
    R3 P2 "A bar after hours belongs to New York's day in every layer, and to no other"
    from ["decisions.md#sort-key-ranges"]
    needs [DropL1]
    catches ["sort-keys-of-utc-days"]
    async fn bars_after_hours_are_read_again(lab: &mut Lab) {
        let hours = |day: &str| {
            let starts = ["14:30", "15:00", "16:00", "17:00", "18:00", "19:00", "20:00"];
            starts.map(|start| Row::new(format!("{day}T{start}:00Z").as_str(), "10", "11", "9", "10", "1"))
        };
        let late = Row::new("2026-02-03T00:00:00Z", "10", "11", "9", "10", "1");
        let rows = hours("2026-02-02").into_iter().chain([late]).chain(hours("2026-02-03"));
        lab.tiingo.lists("AAPL").rows("60", rows);
        let server = lab.server().await?;
        let ask = |first, last| ohlc("AAPL").between(first, last).resolution("60");
        for (layer, reply) in Layers::of(&server, ask("2026-02-02", "2026-02-03")).await?.each() {
            expect(format!("bars of both days {layer}"), reply.candles()?.len()).is(15)?;
        }
        for (day, count) in [("2026-02-02", 8), ("2026-02-03", 7)] {
            let reply = server.ask(ask(day, day)).await?.comes_from("dynamodb")?;
            expect(format!("bars of {day} alone"), reply.candles()?.len()).is(count)?;
        }
    }
}
