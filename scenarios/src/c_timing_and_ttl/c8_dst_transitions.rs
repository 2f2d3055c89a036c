use harness::{expect, ohlc, scenario};

use crate::vocabulary::layers::Layers;

scenario! {
    C8 P2 "Around both daylight-saving changes, keys, sessions and expected candles are right, and a repeated request is a hit"
    from ["decisions.md#sessions", "decisions.md#market-day"]
    needs [Clock, DropL1]
    catches ["fixed-utc-offset", "sessions-at-a-fixed-utc-offset"]
    async fn dst_transitions(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        // 00:30 on the first trading days after the changes of March 8th and November 1st, and the week before each.
        for (midnight, evening, day, week_ago) in [
            ("2026-03-09T04:30:00Z", "2026-03-09T22:00:00Z", "2026-03-09", "2026-03-02"),
            ("2026-11-02T05:30:00Z", "2026-11-02T22:00:00Z", "2026-11-02", "2026-10-26"),
        ] {
            lab.time_is(midnight);
            let reply = server.ask(ohlc("AAPL").range("1W")).await?;
            expect("the day at half past midnight", reply.field("end_date")).is(day)?;

            lab.time_is(evening);
            let layers = Layers::of(&server, ohlc("AAPL").range("1W").resolution("60")).await?;
            let expected = lab.tiingo.expected("AAPL", "60", week_ago, day);
            expect("candles of six sessions", expected.len()).is(6 * 7)?;
            for (layer, reply) in layers.each() {
                expect(format!("the candles {layer}"), reply.candles()?).is(expected.clone())?;
            }
            // Whole by the sessions alone: no record of absent candles was needed.
            let claims =
                lab.table.items_under("AAPL#tiingo").await?.iter().filter(|item| item.n("open").is_none()).count();
            expect("records of absent candles", claims).is(0)?;
        }
    }
}
