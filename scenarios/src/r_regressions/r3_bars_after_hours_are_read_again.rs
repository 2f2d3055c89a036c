//! Issue 3: a bar from after hours, at 19:30 in New York, was served when it was fetched, but was missing when the same
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
        let halves = |day: &str| {
            let starts = (14..=20).flat_map(|hour| [format!("{hour}:00"), format!("{hour}:30")]).skip(1);
            let rows = starts.map(|start| Row::new(format!("{day}T{start}:00Z").as_str(), "10", "11", "9", "10", "1"));
            rows.collect::<Vec<_>>()
        };
        let late = Row::new("2026-02-03T00:30:00Z", "10", "11", "9", "10", "1");
        let rows = halves("2026-02-02").into_iter().chain([late]).chain(halves("2026-02-03"));
        lab.tiingo.lists("AAPL").rows("30", rows);
        let server = lab.server().await?;
        let ask = |first, last| ohlc("AAPL").between(first, last).resolution("30");
        for (layer, reply) in Layers::of(&server, ask("2026-02-02", "2026-02-03")).await?.each() {
            expect(format!("bars of both days {layer}"), reply.candles()?.len()).is(27)?;
        }
        for (day, count) in [("2026-02-02", 14), ("2026-02-03", 13)] {
            let reply = server.ask(ask(day, day)).await?.comes_from("dynamodb")?;
            expect(format!("bars of {day} alone"), reply.candles()?.len()).is(count)?;
        }
    }
}
