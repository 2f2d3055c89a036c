use harness::providers::sessions_between;
use harness::{expect, ohlc, scenario};

/// The capacity of memory in this scenario.
const CAPACITY: usize = 10;

scenario! {
    F11 P2 "A frequently read answer stays in memory through a sweep of ten times as many one-time keys"
    from ["decisions.md#scan-resistant-memory"]
    needs [OwnEnvironment]
    catches ["memory-evicts-the-oldest", "memory-evicts-the-longest-unread"]
    async fn hot_key_survives_scan(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.another_server_with([("OHLC_L1_ENTRIES", CAPACITY.to_string().as_str())]).await?;
        let hot = ohlc("AAPL").range("6M");
        server.ask(hot.clone()).await?.comes_from("tiingo")?;
        server.idle().await?;
        for _ in 0..5 {
            server.ask(hot.clone()).await?.comes_from("in-memory")?;
        }

        let days = sessions_between("2025-08-11", "2026-01-30");
        expect("days to sweep", days.len()).holds("100 or more", |days| *days >= 10 * CAPACITY)?;
        for session in days.iter().take(10 * CAPACITY) {
            server.ask(ohlc("AAPL").between(session.date, session.date)).await?.comes_from("dynamodb")?;
        }
        server.ask(hot).await?.comes_from("in-memory")?;
    }
}
