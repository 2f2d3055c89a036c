use harness::faults::on;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::deadline::short;

scenario! {
    D38 P2 "The age of stale data from the table is right for daily and for intraday candles"
    from ["decisions.md#fetched-at"]
    needs [Clock, SeveralInstances, OwnEnvironment]
    catches ["one-ttl-assumed-for-all"]
    async fn stale_age_by_resolution(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let (writer, server) = (lab.server().await?, lab.another_server_with(short(lab.time())).await?);
        let june = ohlc("AAPL").between("2025-06-02", "2025-06-06");
        let asks = [("D#", june), ("60#", ohlc("AAPL").range("1D").resolution("60"))];
        lab.time_is("2026-02-03T16:31:00Z"); // 11:31 in New York: the hours since 9:30, 10:30 and 11:30
        for (_, ask) in &asks {
            writer.ask(ask.clone()).await?.comes_from("tiingo")?;
        }
        writer.idle().await?;

        for (prefix, ask) in asks {
            // Time goes on until the deadline has passed.
            lab.time_is("2026-02-03T16:41:00Z");
            // The first look is held until the deadline has passed; the last one is not.
            let gate = lab.dynamodb.hold(on("Query").pk("AAPL#tiingo").sk_prefix(prefix).first(1));
            let stale = server.ask(ask).await?.comes_from("stale")?;
            expect("first looks that are still held", gate.arrivals()).is(1)?;
            expect(format!("X-Cache-Age of {prefix}"), stale.header("x-cache-age")).is("600")?;
        }
    }
}
