use harness::{expect, ohlc, scenario};

use crate::vocabulary::layers::Layers;

/// The first day of each range that ends on 2026-02-03.
const FIRST_DAYS: [(&str, &str); 8] = [
    ("1D", "2026-02-03"),
    ("1W", "2026-01-27"),
    ("1M", "2026-01-04"),
    ("3M", "2025-11-05"),
    ("6M", "2025-08-07"),
    ("YTD", "2026-01-01"),
    ("1Y", "2025-02-03"),
    ("5Y", "2021-02-03"),
];

scenario! {
    G21 P3 "Each range begins on its own day, and nothing outside the window is served, counted or stored, even if the provider sends it"
    from ["contract.md#the-request", "contract.md#the-answer", "contract.md#providers"]
    needs [DropL1]
    catches ["answer-not-trimmed"]
    async fn window_is_exact(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02").overshoots(10);
        let server = lab.server().await?;
        for (resolution, count) in [("D", 5), ("60", 5 * 7)] {
            let ask = ohlc("AAPL").between("2026-01-12", "2026-01-16").resolution(resolution);
            for (layer, reply) in Layers::of(&server, ask).await?.each() {
                expect(format!("candles at resolution={resolution} {layer}"), reply.candles()?.len()).is(count)?;
                expect(format!("the count {layer}"), reply.field("count")).is(count)?;
            }
        }
        let stored = lab.table.items_under("AAPL#tiingo").await?;
        expect("candles stored", stored.iter().filter(|item| item.n("open").is_some()).count()).is(5 + 5 * 7)?;

        for (range, first) in FIRST_DAYS {
            let reply = server.ask(ohlc("AAPL").range(range)).await?;
            expect(format!("the first day of {range}"), reply.field("start_date")).is(first)?;
            expect(format!("the last day of {range}"), reply.field("end_date")).is("2026-02-03")?;
            let expected = lab.tiingo.expected("AAPL", "D", first, "2026-02-03");
            expect(format!("the candles of {range}"), reply.candles()?).is(expected)?;
        }
    }
}
