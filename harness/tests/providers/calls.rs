//! Calls are noted as they were made, but for keys.

use harness::gate::PATIENCE;
use harness::observe::journal::Peer;
use harness::providers::{KeySent, Provider};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::world::{KEY, World};

const DAILY: &str = "/tiingo/daily/AAPL/prices?startDate=2026-02-03&endDate=2026-02-04";

#[tokio::test]
async fn a_call_tells_what_was_asked_and_answered() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tiingo.lists("AAPL");
    world.daily("AAPL", "2026-02-03", "2026-02-04").await?;
    world.candle("MSFT", "60", 1_770_076_800, 1_770_163_200).await?;

    let [tiingo] = &world.tiingo.calls()[..] else { panic!("{:?}", world.tiingo.calls()) };
    assert_eq!((tiingo.number, tiingo.path.as_str()), (1, "/tiingo/daily/AAPL/prices"));
    assert_eq!((tiingo.parameter("startDate"), tiingo.parameter("resampleFreq")), (Some("2026-02-03"), None));
    assert_eq!((tiingo.ticker.as_deref(), tiingo.key, tiingo.status), (Some("AAPL"), KeySent::Right, Some(200)));

    let [finnhub] = &world.finnhub.calls()[..] else { panic!("{:?}", world.finnhub.calls()) };
    assert_eq!((finnhub.number, finnhub.path.as_str()), (2, "/api/v1/stock/candle"));
    assert_eq!((finnhub.ticker.as_deref(), finnhub.parameter("resolution")), (Some("MSFT"), Some("60")));
    Ok(())
}

#[tokio::test]
async fn calls_about_a_ticker_are_found_in_any_spelling() -> anyhow::Result<()> {
    let world = World::new().await?;
    for ticker in ["BRK-B", "BRK.B", "BRK", "brk-b"] {
        world.daily(ticker, "2026-02-03", "2026-02-03").await?;
    }
    assert_eq!(world.tiingo.calls_about("BRK.B").len(), 3);
    assert_eq!(world.tiingo.calls_about("BRK").len(), 1);
    assert_eq!(world.finnhub.calls_about("BRK.B").len(), 0);
    Ok(())
}

#[tokio::test]
async fn the_journal_knows_which_key_came_and_never_its_text() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.ask_tiingo(DAILY, Some(KEY)).await?;
    world.ask_tiingo(DAILY, Some("another-secret")).await?;
    world.ask_tiingo(DAILY, None).await?;
    world.ask_tiingo(&format!("{DAILY}&token=another-secret&apikey={KEY}"), None).await?;
    world.ask_finnhub(&format!("/stock/candle?token={KEY}"), Some(KEY)).await?;

    let keys: Vec<_> = world.tiingo.calls().iter().map(|call| call.key).collect();
    assert_eq!(keys, [KeySent::Right, KeySent::Wrong, KeySent::Missing, KeySent::Wrong]);
    assert_eq!(world.finnhub.calls().first().map(|call| call.key), Some(KeySent::Right));
    let journal = format!("{:?}", world.journal.all());
    assert!(!journal.contains(KEY) && !journal.contains("another-secret"), "{journal}");
    assert!(journal.contains("token=***&apikey=***"), "{journal}");
    Ok(())
}

#[tokio::test]
async fn the_journal_keeps_the_body_to_the_letter() -> anyhow::Result<()> {
    let world = World::new().await?;
    world.tiingo.lists("AAPL");
    let answer = world.daily("AAPL", "2026-02-03", "2026-02-04").await?;
    let [noted] = &world.journal.to(Peer::Tiingo)[..] else { panic!("{:?}", world.journal.all()) };
    assert_eq!((noted.operation.as_str(), noted.subject.as_str()), ("GET", DAILY));
    assert_eq!(noted.answer.as_ref().and_then(|noted| noted.body.as_str()), Some(answer.body.as_str()));
    Ok(())
}

#[tokio::test]
async fn connections_are_counted_not_calls() -> anyhow::Result<()> {
    let world = World::new().await?;
    for _ in 0..5 {
        world.daily("AAPL", "2026-02-03", "2026-02-03").await?;
    }
    assert_eq!(world.tiingo.connections(), 1);
    let _second = TcpStream::connect(address(&world.tiingo)).await?;
    // Connections are accepted in turn, so the call after it has seen it.
    world.tiingo.drops_connections().for_calls(1);
    assert!(world.daily("AAPL", "2026-02-03", "2026-02-03").await.is_err());
    world.daily("AAPL", "2026-02-03", "2026-02-03").await?;
    assert_eq!(world.tiingo.connections(), 3);
    Ok(())
}

#[tokio::test]
async fn a_stopped_provider_is_gone() -> anyhow::Result<()> {
    let world = World::new().await?;
    let address = address(&world.tiingo);
    let open = TcpStream::connect(&address).await?;
    timeout(PATIENCE, world.tiingo.stop()).await?;
    assert!(ended(&open).await?);
    assert!(TcpStream::connect(&address).await.is_err());
    Ok(())
}

#[tokio::test]
async fn a_provider_that_is_dropped_ends_its_connections() -> anyhow::Result<()> {
    let world = World::new().await?;
    let open = TcpStream::connect(address(&world.tiingo)).await?;
    drop(world.tiingo);
    assert!(ended(&open).await?);
    Ok(())
}

fn address(provider: &Provider) -> String {
    provider.url().trim_start_matches("http://").to_owned()
}

/// Waits for something to read, and tells whether it is the end.
async fn ended(connection: &TcpStream) -> anyhow::Result<bool> {
    timeout(PATIENCE, connection.readable()).await??;
    Ok(!connection.try_read(&mut [0]).is_ok_and(|read| read > 0))
}
