//! G. Edge cases: weekends, listings, odd tickers, long windows.

automod::dir!("src/g_edge_cases");
