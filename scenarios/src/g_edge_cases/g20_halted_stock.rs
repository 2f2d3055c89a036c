use harness::providers::Row;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::layers::Layers;

scenario! {
    G20 P3 "A session that a successful answer lacks stays cacheable; a bar that may be late, or that went missing later, is fetched again"
    from ["decisions.md#absent-candles", "decisions.md#absence-settles", "decisions.md#explained"]
    needs [Clock, DropL1]
    catches ["absent-candles-not-recorded", "late-bar-taken-as-absent", "claim-explains-any-hole"]
    async fn halted_stock(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02").without(["2026-01-28", "2026-01-29"]);
        let server = lab.server().await?;
        for (resolution, count) in [("D", 4), ("60", 4 * 7)] {
            let layers = Layers::of(&server, ohlc("AAPL").range("1W").resolution(resolution)).await?;
            for (layer, reply) in layers.each() {
                expect(format!("candles at resolution={resolution} {layer}"), reply.candles()?.len()).is(count)?;
            }
        }
        expect("provider calls about a halt", lab.tiingo.calls().len()).is(2)?;

        // Of the bars beside the halt one gets lost.
        lab.table.delete("AAPL#tiingo", "D#2026-01-30T00:00:00Z").await?;
        server.drop_l1().await?;
        let again = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        expect("candles after a loss", again.candles()?.len()).is(4)?;

        // Five minutes after the close the day's bar is not published yet; ten minutes later it is.
        let days = ["2026-01-30", "2026-02-02", "2026-02-03"].map(|day| Row::new(day, "10", "10", "10", "10", "1"));
        lab.tiingo.lists("LATE").rows("D", days[..2].to_vec());
        lab.time_is("2026-02-03T21:05:00Z");
        let ask = ohlc("LATE").between("2026-01-30", "2026-02-03");
        for (layer, reply) in Layers::of(&server, ask.clone()).await?.each() {
            expect(format!("bars so far {layer}"), reply.candles()?.len()).is(2)?;
        }
        lab.tiingo.lists("LATE").rows("D", days);
        lab.time_is("2026-02-03T21:15:00Z");
        let published = server.ask(ask).await?.comes_from("tiingo")?;
        expect("bars with the late one", published.candles()?.len()).is(3)?;
    }
}
