use harness::faults::{TruncatedPages, on};
use harness::providers::{ExpectedCandle, GOOG_DAILY};
use harness::{expect, ohlc, scenario};

use crate::vocabulary::layers::Layers;

scenario! {
    G13 P3 "Five years are answered completely, in order, byte-identical from every layer: the whole recorded history of GOOG"
    from ["decisions.md#next-page", "decisions.md#candle-json"]
    needs [DropL1]
    catches ["first-page-taken-as-complete"]
    async fn five_years(lab: &mut Lab) {
        lab.tiingo.lists_recorded("GOOG", GOOG_DAILY);
        lab.dynamodb.inject(on("Query"), TruncatedPages::of(500));
        let server = lab.server().await?;
        let mut walked = Vec::new();
        for (first, last) in [("2004-08-19", "2009-08-18"), ("2009-08-19", "2013-03-01")] {
            let layers = Layers::of(&server, ohlc("GOOG").between(first, last)).await?;
            let fresh = layers.provider.candles_text()?;
            expect("the candles' bytes from memory", layers.memory.candles_text()? == fresh).is(true)?;
            expect("the candles' bytes from the table", layers.table.candles_text()? == fresh).is(true)?;
            walked.extend(layers.table.candles()?);
        }
        expect("pages that were cut", lab.dynamodb.faults_applied()).is_not(0)?;
        expect("candles of the whole history", walked.len()).is(2_148)?;
        expect("recorded lines", GOOG_DAILY.lines().count() - 1).is(walked.len())?;
        for (line, candle) in GOOG_DAILY.lines().skip(1).zip(&walked) {
            let ExpectedCandle { time, open, high, low, close, volume } = candle;
            expect("a day as it was recorded", format!("{time},{open},{high},{low},{close},{volume}")).is(line)?;
        }
    }
}
