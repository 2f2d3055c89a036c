use harness::providers::ProviderReply;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::tickers::tickers;

/// Columns that can be read, each with its closes by day: 30 January, 2 and 3 February.
const READ: [(&str, &str, [&str; 3]); 7] = [
    ("plain", r#"{"s":"ok","t":[1769731200,1769990400,1770076800],"o":[100,100,100],"h":[110,110,110],"l":[90,90,90],"c":[101,102,103],"v":[7,8,9]}"#, ["101", "102", "103"]),
    ("with times of floats", r#"{"s":"ok","t":[1769731200.0,1.7699904e9,1770076800],"o":[100,100,100],"h":[110,110,110],"l":[90,90,90],"c":[101,102,103],"v":[7,8,9]}"#, ["101", "102", "103"]),
    ("unsorted", r#"{"s":"ok","t":[1770076800,1769731200,1769990400],"o":[100,100,100],"h":[110,110,110],"l":[90,90,90],"c":[103,101,102],"v":[9,7,8]}"#, ["101", "102", "103"]),
    ("with a null", r#"{"s":"ok","t":[1769731200,1769990400,1770076800],"o":[100,100,100],"h":[110,110,110],"l":[90,90,90],"c":[101,null,103],"v":[7,8,9]}"#, ["101", "", "103"]),
    ("with volumes of null", r#"{"s":"ok","t":[1769731200,1769990400,1770076800],"o":[100,100,100],"h":[110,110,110],"l":[90,90,90],"c":[101,102,103],"v":null}"#, ["101", "102", "103"]),
    ("without volumes or state", r#"{"t":[1769731200,1769990400,1770076800],"o":[100,100,100],"h":[110,110,110],"l":[90,90,90],"c":[101,102,103]}"#, ["101", "102", "103"]),
    ("with a time of null", r#"{"s":"ok","t":[1769731200,1769990400,null],"o":[100,100,100],"h":[110,110,110],"l":[90,90,90],"c":[101,102,103],"v":[7,8,9]}"#, ["101", "102", ""]),
];

/// Columns of which nothing can be read, each with how many candles are left out.
const UNREAD: [(&str, &str, u64); 8] = [
    ("short of its first open", r#"{"s":"ok","t":[1769731200,1769990400,1770076800],"o":[100,100],"h":[110,110,110],"l":[90,90,90],"c":[101,102,103],"v":[7,8,9]}"#, 3),
    ("short of a close", r#"{"s":"ok","t":[1769731200,1769990400,1770076800],"o":[100,100,100],"h":[110,110,110],"l":[90,90,90],"c":[102,103],"v":[7,8,9]}"#, 3),
    ("short of a volume", r#"{"s":"ok","t":[1769731200,1769990400,1770076800],"o":[100,100,100],"h":[110,110,110],"l":[90,90,90],"c":[101,102,103],"v":[8,9]}"#, 3),
    ("short of a time", r#"{"s":"ok","t":[1769990400,1770076800],"o":[100,100,100],"h":[110,110,110],"l":[90,90,90],"c":[101,102,103],"v":[7,8,9]}"#, 2),
    ("with closes of null", r#"{"s":"ok","t":[1769731200,1769990400,1770076800],"o":[100,100,100],"h":[110,110,110],"l":[90,90,90],"c":null,"v":[7,8,9]}"#, 3),
    ("without times", r#"{"s":"ok","o":[100],"h":[110],"l":[90],"c":[101],"v":[7]}"#, 0),
    ("of another state", r#"{"s":"error","t":[1769731200],"o":[100],"h":[110],"l":[90],"c":[101],"v":[7]}"#, 0),
    ("that are none", r#"{"s":"ok","t":1769731200,"o":100,"h":110,"l":90,"c":101,"v":7}"#, 0),
];

const DAYS: [&str; 3] = ["2026-01-30", "2026-02-02", "2026-02-03"];

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
        for (how, columns, closes) in READ {
            let ticker = tickers.next().unwrap_or_default();
            lab.finnhub.recovers();
            lab.finnhub.replies(ProviderReply::json(200, columns));
            let reply = server.ask(ohlc(&ticker).between(DAYS[0], DAYS[2])).await?.comes_from("finnhub")?;
            let served = reply.candles()?.into_iter().map(|candle| (candle.time, candle.close.to_string()));
            let there = DAYS.into_iter().zip(closes).filter(|(_, close)| !close.is_empty());
            let there: Vec<(String, String)> = there.map(|(day, close)| (day.into(), close.into())).collect();
            left_out += (DAYS.len() - there.len()) as u64;
            expect(format!("days and closes of columns {how}"), served.collect::<Vec<_>>()).is(there)?;
            expect("RejectedCandles", server.metrics().await?.count("RejectedCandles")).is(left_out)?;
        }
        for (how, columns, rows) in UNREAD {
            let ticker = tickers.next().unwrap_or_default();
            lab.finnhub.recovers();
            lab.finnhub.replies(ProviderReply::json(200, columns));
            let reply = server.ask(ohlc(&ticker).between(DAYS[0], DAYS[2])).await?;
            expect(format!("the status with columns {how}"), reply.status).is(503)?;
            left_out += rows;
            let counted = server.metrics().await?.count("RejectedCandles");
            expect(format!("RejectedCandles with columns {how}"), counted).is(left_out)?;
        }

        // By the hour as by the day.
        lab.finnhub.recovers();
        lab.tiingo.lists("HOUR").since("2020-01-02").edit("2026-02-03T15:00:00Z", |row| row.written = Some("1.7701308e9".into()));
        let reply = server.ask(ohlc("HOUR").range("1D").resolution("60")).await?.comes_from("finnhub")?;
        let expected = lab.finnhub.expected("HOUR", "60", "2026-02-03", "2026-02-03");
        expect("the hours with a time of floats", reply.candles()?).is(expected)?;
    }
}
