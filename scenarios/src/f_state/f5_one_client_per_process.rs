use harness::providers::sessions_between;
use harness::{expect, ohlc, scenario};

/// Concurrent requests.
const TOGETHER: usize = 10;

scenario! {
    F5 P2 "100 requests, ten at a time, open at most 20 connections to DynamoDB and 20 to the provider"
    from ["decisions.md#dynamodb-connections", "decisions.md#provider-connections"]
    needs [OwnEnvironment]
    catches ["dynamodb-client-per-call", "connection-per-provider-call"]
    async fn one_client_per_process(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.another_server_with([("FINNHUB_API_KEY", "")]).await?;
        let days: Vec<_> = sessions_between("2025-08-01", "2026-01-30").iter().map(|session| session.date).collect();
        for together in days[..100].chunks(TOGETHER) {
            let asked: Vec<_> = together.iter().map(|day| server.begin(ohlc("AAPL").between(*day, *day))).collect();
            for asking in asked {
                asking.answer().await?.comes_from("tiingo")?;
            }
        }
        expect("provider calls", lab.tiingo.calls().len()).is(100)?;
        // A client may open one more while another is on its way back to the pool.
        expect("connections to DynamoDB", lab.dynamodb.connections()).is_at_most(2 * TOGETHER)?;
        expect("connections to the provider", lab.tiingo.connections()).is_at_most(2 * TOGETHER)?;
    }
}
