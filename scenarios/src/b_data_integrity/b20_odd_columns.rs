use harness::providers::ProviderReply;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::tickers::tickers;

const DAYS: [&str; 3] = ["2026-01-30", "2026-02-02", "2026-02-03"];

/// Columns of those days. A bar with another one's close looks right.
const PLAIN: [(&str, &str); 7] = [
    ("s", "\"ok\""),
    ("t", "[1769731200,1769990400,1770076800]"),
    ("o", "[100,100,100]"),
    ("h", "[110,110,110]"),
    ("l", "[90,90,90]"),
    ("c", "[101,102,103]"),
    ("v", "[7,8,9]"),
];

/// What stands in the place of columns, or that they are missing.
type Odd = &'static [(&'static str, Option<&'static str>)];

/// What can be read, with the days' closes.
const READ: [(&str, Odd, [&str; 3]); 7] = [
    ("as documented", &[], ["101", "102", "103"]),
    ("with times of floats", &[("t", Some("[1769731200.0,1.7699904e9,1770076800]"))], ["101", "102", "103"]),
    ("unsorted", &[("t", Some("[1770076800,1769731200,1769990400]"))], ["102", "103", "101"]),
    ("with a close of null", &[("c", Some("[101,null,103]"))], ["101", "", "103"]),
    ("with a time of null", &[("t", Some("[1769731200,1769990400,null]"))], ["101", "102", ""]),
    ("with volumes of null", &[("v", Some("null"))], ["101", "102", "103"]),
    ("without volumes and state", &[("v", None), ("s", None)], ["101", "102", "103"]),
];

/// What cannot be read, with how many candles are left out.
const UNREAD: [(&str, Odd, u64); 9] = [
    ("short of an open", &[("o", Some("[100,100]"))], 3),
    ("short of a close", &[("c", Some("[102,103]"))], 3),
    ("short of a volume", &[("v", Some("[8,9]"))], 3),
    ("short of a time", &[("t", Some("[1769990400,1770076800]"))], 2),
    ("with closes of null", &[("c", Some("null"))], 3),
    ("without highs", &[("h", None)], 3),
    ("without times", &[("t", None)], 0),
    ("of another state", &[("s", Some("\"error\""))], 0),
    ("that are no lists", &[("c", Some("101"))], 0),
];

scenario! {
    B20 P0 "Of Finnhub's columns, whatever can be read is served: times of floats, unsorted, without a state; what cannot is left out and counted; and no column is ever shifted"
    from ["decisions.md#aligned", "decisions.md#says-nothing", "decisions.md#volume"]
    needs [Metrics]
    catches ["short-columns-read-from-the-start", "nulls-dropped-from-columns", "whole-numbers-alone-are-times"]
    async fn odd_columns(lab: &mut Lab) {
        let server = lab.server().await?;
        let mut tickers = tickers('C');
        let mut left_out = 0;
        lab.tiingo.unavailable();
        for (how, odd, closes) in READ {
            let ticker = tickers.next().unwrap_or_default();
            lab.finnhub.replies(ProviderReply::json(200, columns(odd))).for_calls(1);
            let reply = server.ask(ohlc(&ticker).between(DAYS[0], DAYS[2])).await?.comes_from("finnhub")?;
            let served = reply.candles()?.into_iter().map(|candle| (candle.time, candle.close.to_string()));
            let there = DAYS.into_iter().zip(closes).filter(|(_, close)| !close.is_empty());
            let there: Vec<(String, String)> = there.map(|(day, close)| (day.into(), close.into())).collect();
            left_out += (DAYS.len() - there.len()) as u64;
            expect(format!("days and closes of columns {how}"), served.collect::<Vec<_>>()).is(there)?;
            expect("RejectedCandles", server.metrics().await?.count("RejectedCandles")).is(left_out)?;
        }
        for (how, odd, rows) in UNREAD {
            let ticker = tickers.next().unwrap_or_default();
            lab.finnhub.replies(ProviderReply::json(200, columns(odd))).for_calls(1);
            let reply = server.ask(ohlc(&ticker).between(DAYS[0], DAYS[2])).await?;
            expect(format!("the status with columns {how}"), reply.status).is(503)?;
            left_out += rows;
            let counted = server.metrics().await?.count("RejectedCandles");
            expect(format!("RejectedCandles with columns {how}"), counted).is(left_out)?;
        }

        // By the hour as by the day.
        let listing = lab.tiingo.lists("HOUR").since("2020-01-02");
        listing.edit("2026-02-03T15:00:00Z", |row| row.written = Some("1.7701308e9".into()));
        let reply = server.ask(ohlc("HOUR").range("1D").resolution("60")).await?.comes_from("finnhub")?;
        let expected = lab.finnhub.expected("HOUR", "60", "2026-02-03", "2026-02-03");
        expect("the hours with a time of floats", reply.candles()?).is(expected)?;
    }
}

fn columns(odd: Odd) -> String {
    let columns = PLAIN.into_iter().filter_map(|(name, plain)| {
        let value = odd.iter().find(|(changed, _)| *changed == name).map_or(Some(plain), |(_, value)| *value);
        Some(format!("\"{name}\":{}", value?))
    });
    format!("{{{}}}", columns.collect::<Vec<_>>().join(","))
}
