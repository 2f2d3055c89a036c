use harness::{expect, ohlc, scenario};

/// What an item of a candle holds besides its key.
const FIELDS: [&str; 8] = ["open", "high", "low", "close", "volume", "fetched_at", "is_closed", "ExpiresAt"];

scenario! {
    B12 P1 required "Each field of each candle survives the table, and a field that an item lost or garbled is never guessed"
    needs [DropL1]
    catches ["field-dropped-in-conversion", "fields-swapped-in-conversion"]
    async fn every_field_preserved(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        for (resolution, range) in [("D", "1M"), ("15", "1W")] {
            let ask = ohlc("AAPL").range(range).resolution(resolution);
            let sent = server.ask(ask.clone()).await?.comes_from("tiingo")?.candles()?;
            server.idle().await?;
            server.drop_l1().await?;
            let kept = server.ask(ask).await?.comes_from("dynamodb")?.candles()?;

            expect("candles", kept.len()).is(sent.len())?;
            for (kept, sent) in kept.iter().zip(&sent) {
                let field = |name| format!("{name} of {} at resolution={resolution}", sent.time);
                expect(field("date"), &kept.time).is(&sent.time)?;
                expect(field("open"), kept.open).is(sent.open)?;
                expect(field("high"), kept.high).is(sent.high)?;
                expect(field("low"), kept.low).is(sent.low)?;
                expect(field("close"), kept.close).is(sent.close)?;
                expect(field("volume"), kept.volume).is(sent.volume)?;
            }
        }

        lab.tiingo.lists("MSFT").since("2020-01-02");
        let day = ohlc("MSFT").between("2026-02-02", "2026-02-02");
        let sent = server.ask(day.clone()).await?.comes_from("tiingo")?.candles()?;
        for field in FIELDS {
            for garbled in [false, true] {
                server.idle().await?;
                server.drop_l1().await?;
                for item in lab.table.items_under("MSFT#tiingo").await? {
                    let damaged = if garbled { item.with_s(field, "?") } else { item.without(field) };
                    lab.table.put(damaged).await?;
                }
                let how = if garbled { "garbled" } else { "lost" };
                let served = server.ask(day.clone()).await?.candles()?;
                expect(format!("what is served where {field} was {how}"), served).is(sent.clone())?;
            }
        }
    }
}
