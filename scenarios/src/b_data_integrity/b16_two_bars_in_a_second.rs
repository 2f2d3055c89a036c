use chrono::TimeDelta;
use harness::providers::Row;
use harness::{expect, ohlc, scenario};

/// The bar that comes twice, of hours and of days.
const HOUR: &str = "2026-02-03T15:00:00Z";
const DAY: &str = "2026-02-02";

type Stamped = fn(&mut Row);

/// A ticker, who answers, the resolution, and how the second bar of one second is stamped.
const TWICE: [(&str, &str, &str, Stamped); 7] = [
    ("AAPL", "tiingo", "60", |row| row.at += TimeDelta::milliseconds(250)),
    ("MSFT", "tiingo", "60", |row| row.written = Some(r#""2026-02-03T10:00:00-05:00""#.into())),
    ("NVDA", "tiingo", "60", |row| row.written = Some(r#""2026-02-03T10:00:00.750-05:00""#.into())),
    ("AMZN", "tiingo", "D", |row| row.written = Some(r#""2026-02-02T00:00:00.250Z""#.into())),
    ("GOOG", "finnhub", "60", |row| row.written = Some("1770130800.25".into())),
    ("META", "finnhub", "60", |row| row.written = Some("1.77013080075e9".into())),
    ("TSLA", "finnhub", "D", |row| row.written = Some("1770042600.5".into())),
];

scenario! {
    B16 P0 "Bars that begin in one second are one bar: the last one is served and stored, the others are reported, and the write succeeds"
    from ["decisions.md#stamp", "decisions.md#arrange"]
    needs [DropL1, Metrics]
    catches ["fractions-of-seconds-kept", "seconds-rounded", "duplicates-passed-silently"]
    async fn two_bars_in_a_second(lab: &mut Lab) {
        let server = lab.server().await?;
        for (place, (ticker, provider, resolution, stamped)) in TWICE.into_iter().enumerate() {
            if provider == "finnhub" {
                lab.tiingo.unavailable();
            }
            let at = if resolution == "D" { DAY } else { HOUR };
            lab.tiingo.lists(ticker).since("2020-01-02").doubled(at, move |row| {
                row.volume = Some("77".into());
                stamped(row);
            });
            let expected = lab.tiingo.expected(ticker, resolution, DAY, "2026-02-03");
            let ask = ohlc(ticker).between(DAY, "2026-02-03").resolution(resolution);
            let fetched = server.ask(ask.clone()).await?.comes_from(provider)?;
            expect(format!("the candles of {ticker}"), fetched.candles()?).is(expected.clone())?;
            let last = expected.iter().filter(|candle| candle.volume == 77).count();
            expect("bars of the second that came last", last).is(1)?;

            server.idle().await?;
            let items = lab.table.items_under(&format!("{ticker}#{provider}")).await?;
            expect(format!("items of {ticker}"), items.len()).is(expected.len())?;
            server.drop_l1().await?;
            let stored = server.ask(ask).await?.comes_from("dynamodb")?;
            expect(format!("the stored candles of {ticker}"), stored.candles_text()?).is(fetched.candles_text()?)?;
            let reported = server.metrics().await?.count("TiingoDuplicateTimestamp");
            expect("TiingoDuplicateTimestamp", reported).is(1 + place as u64)?;
        }
    }
}
