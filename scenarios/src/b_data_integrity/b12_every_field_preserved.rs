use harness::{expect, ohlc, scenario};

scenario! {
    B12 P1 required "Each field of each candle survives the table, checked field by field"
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
    }
}
