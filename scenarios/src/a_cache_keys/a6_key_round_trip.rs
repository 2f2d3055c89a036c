use std::collections::HashMap;

use harness::{Ask, expect, for_all, ohlc, scenario};
use proptest::prelude::*;

scenario! {
    A6 P1 "A cache key can be parsed back into its request, and no two requests share one"
    from ["decisions.md#cache-key"]
    needs []
    catches [
        "cache-key-separator-in-tickers", "cache-key-without-range", "cache-key-without-resolution",
        "custom-key-without-start",
    ]
    async fn key_round_trip(lab: &mut Lab) {
        let server = lab.server().await?;
        let mut seen: HashMap<String, Asked> = HashMap::new();
        for_all(lab, 48, any_request(), async |lab, asked| {
            // Listed after every window: an answer without candles, which costs next to nothing.
            lab.tiingo.lists(&asked.ticker).since("2026-02-04");
            let reply = server.ask(asked.ask()).await?;
            expect("status", reply.status).is(200)?;
            let key = reply.cache_key().to_owned();
            expect(format!("what {key} says"), Asked::read(&key)).is(Some(asked.clone()))?;
            let first = seen.entry(key).or_insert_with(|| asked.clone());
            expect("the request that had this key before", &*first).is(&asked)
        })
        .await?;
    }
}

/// The parts of a request that its key contains.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    ticker: String,
    resolution: String,
    window: Window,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Window {
    Range(String),
    Custom(String, String),
}

impl Asked {
    fn ask(&self) -> Ask {
        let ask = ohlc(&self.ticker).resolution(&self.resolution);
        match &self.window {
            Window::Range(range) => ask.range(range),
            Window::Custom(start, end) => ask.with("start_date", start).with("end_date", end),
        }
    }

    /// Parses a key of `decisions.md#cache-key`.
    fn read(key: &str) -> Option<Self> {
        let parts: Vec<&str> = key.split(':').collect();
        let (ticker, resolution, window) = match parts[..] {
            ["ohlc", ticker, resolution, "custom", start, end] => {
                (ticker, resolution, Window::Custom(start.into(), end.into()))
            }
            ["ohlc", ticker, resolution, range, "2026-02-03"] => (ticker, resolution, Window::Range(range.into())),
            _ => return None,
        };
        Some(Self { ticker: ticker.into(), resolution: resolution.into(), window })
    }
}

/// Few tickers and dates, so that some requests differ in one part only.
fn any_request() -> impl Strategy<Value = Asked> {
    let ticker = prop::sample::select(vec!["A", "AB", "A.B", "A-B", "AAPL", "BRK.B", "BRK-B", "ABCDE-FG"]);
    let resolution = prop::sample::select(vec!["1", "5", "15", "30", "60", "D"]);
    let range = prop::sample::select(vec!["1D", "1W"]).prop_map(|range| Window::Range(range.into()));
    let custom = (26..=29, 29..=31).prop_map(|(start, end)| {
        Window::Custom(format!("2026-01-{start}"), format!("2026-01-{end}"))
    });
    (ticker, resolution, prop_oneof![range, custom]).prop_map(|(ticker, resolution, window)| Asked {
        ticker: ticker.into(),
        resolution: resolution.into(),
        window,
    })
}
