use harness::providers::GOOG_DAILY;
use harness::{expect, ohlc, scenario};

scenario! {
    G11 P3 "A window before the first listing is a 200 without candles and not cached; a window across the listing is a hit the second time"
    from ["decisions.md#absent-candles", "decisions.md#empty-answer", "contract.md#no-trading"]
    needs [DropL1]
    catches ["absent-candles-not-recorded", "empty-answer-is-unknown-ticker"]
    async fn before_ipo(lab: &mut Lab) {
        // The real thing: Google was listed on 2004-08-19, a Thursday.
        lab.tiingo.lists_recorded("GOOG", GOOG_DAILY);
        let server = lab.server().await?;
        let before = ohlc("GOOG").between("2004-07-01", "2004-08-18");
        for turn in 1..=2 {
            let reply = server.ask(before.clone()).await?.comes_from("tiingo")?;
            expect("candles before the listing", reply.candles()?.len()).is(0)?;
            expect("provider calls so far", lab.tiingo.calls().len()).is(turn)?;
        }
        server.idle().await?;
        expect("items stored of it", lab.table.items().await?.len()).is(0)?;

        let across = ohlc("GOOG").between("2004-08-02", "2004-08-31");
        let first = server.ask(across.clone()).await?.comes_from("tiingo")?;
        let days: Vec<String> = first.candles()?.into_iter().map(|candle| candle.time).collect();
        expect("the first day with a candle", days.first().map(String::as_str)).is(Some("2004-08-19"))?;
        expect("days with candles", days.len()).is(9)?;
        server.idle().await?;
        server.drop_l1().await?;
        let second = server.ask(across).await?.comes_from("dynamodb")?;
        expect("the candles' bytes", second.candles_text()?).is(first.candles_text()?)?;
    }
}
