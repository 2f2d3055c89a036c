use harness::{expect, ohlc, scenario};

use crate::vocabulary::layers::Layers;

scenario! {
    A2 P1 "Candles of one resolution never answer a request for another, from memory or from the table"
    from ["decisions.md#cache-key", "decisions.md#sort-key"]
    needs [DropL1]
    catches ["cache-key-without-resolution", "sort-key-without-resolution"]
    async fn resolution_isolation(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        let resolutions = ["D", "5", "60"];
        let ask = |resolution| ohlc("AAPL").range("1W").resolution(resolution);
        let expected = |resolution| lab.tiingo.expected("AAPL", resolution, "2026-01-27", "2026-02-03");

        for resolution in resolutions {
            let layers = Layers::of(&server, ask(resolution)).await?;
            for (layer, reply) in layers.each() {
                expect(format!("resolution={resolution} {layer}"), reply.candles()?).is(expected(resolution))?;
            }
        }
        // Now that all of them are stored, each must still be what it was.
        server.drop_l1().await?;
        for resolution in resolutions {
            let reply = server.ask(ask(resolution)).await?.comes_from("dynamodb")?;
            expect(format!("resolution={resolution} among others"), reply.candles()?).is(expected(resolution))?;
        }
    }
}
