//! A path's ticker and a query string, as a client may write them: `AAPL?range=1W`.

use std::sync::Arc;

use ohlc_server::request::{Query, Requests};

use crate::inputs::all_hold;

const WORDS: &[&str] = &[
    "range=",
    "resolution=",
    "start_date=",
    "end_date=",
    "1D",
    "1W",
    "5Y",
    "YTD",
    "2026-02-28",
    "2024-02-29",
    "0000-00-00",
    "9999-12-31",
    "&",
    "=",
    "%0A",
    "%00",
    "%",
    "+",
    "-",
    ".",
    "ＡＡＰＬ",
    "ß",
    "\r\n",
    "-A",
    ".WS",
    "60",
    "D",
];

#[test]
fn what_is_let_in_is_sound() {
    let requests = Arc::new(Requests::default());
    let now = "2026-02-03T22:00:00Z".parse().expect("an instant");
    all_hold("requests", WORDS, 20_000, |input| {
        let text = String::from_utf8_lossy(input);
        let (ticker, query) = text.split_once('?').unwrap_or((&text, ""));
        let Ok(request) = Query::parse(query).and_then(|query| requests.freeze(ticker, &query, now, 0)) else { return };
        let letters = request.ticker.bytes().all(|byte| byte.is_ascii_uppercase() || b".-".contains(&byte));
        assert!(letters && request.ticker.len() <= 11, "{:?} is no ticker", request.ticker);
        assert!(request.window.start <= request.window.end, "{:?}", request.window);
        assert!(request.window.days() <= request.resolution.longest_window(), "{:?}", request.window);
        assert!(request.expected().len() <= 2_730, "{} candles", request.expected().len());
        assert!(now < request.fresh_until(), "stale at once");
    });
}
