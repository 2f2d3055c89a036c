use harness::faults::{Notation, everything};
use harness::providers::Row;
use harness::{expect, ohlc, scenario};

scenario! {
    B21 P0 "A number in the table is the same in every notation: with an exponent, without a point, with zeros before and after"
    from ["decisions.md#item-to-candle"]
    needs [DropL1]
    catches ["numbers-in-the-table-read-as-written", "exponents-in-the-table-cut-off", "long-fractions-in-the-table-refused"]
    async fn numbers_in_the_table(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        // A window with a hole is whole by a record, which holds a number too.
        lab.tiingo.lists("HALT").since("2020-01-02").without(["2026-01-29"]);
        let penny = Row::new("2026-02-02", "0.0025", "0.00251", "0.0024999999", "0.0025", "9007199254740993");
        lab.tiingo.lists("PENNY").rows("D", [penny]);
        let asks = [
            ohlc("AAPL").range("1W"),
            ohlc("AAPL").range("1D").resolution("30"),
            ohlc("HALT").range("1W"),
            ohlc("PENNY").between("2026-02-02", "2026-02-02"),
        ];
        let server = lab.server().await?;
        let mut sent = Vec::new();
        for ask in asks.clone() {
            sent.push(server.ask(ask).await?.comes_from("tiingo")?);
        }
        server.idle().await?;
        for notation in [Notation::scientific(), Notation::without_a_point(), Notation::padded()] {
            server.drop_l1().await?;
            let written = lab.dynamodb.inject(everything(), notation);
            for (ask, sent) in asks.iter().zip(&sent) {
                let stored = server.ask(ask.clone()).await?.comes_from("dynamodb")?;
                expect("the candles", stored.candles_text()?).is(sent.candles_text()?)?;
            }
            expect("answers in another notation", written.applied()).is_not(0)?;
            written.end();
        }
    }
}
