//! The embedded tier: what is stored, when it expires, and that nothing is left of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use harness::dynamodb::{Embedded, Item, Table};
use harness::gate::PATIENCE;
use tokio::net::TcpStream;

#[tokio::test]
async fn items_are_stored_listed_and_deleted() -> anyhow::Result<()> {
    let tier = Embedded::in_memory(|| 0)?;
    let table = Table::create(tier.endpoint(), "lab-table").await?;
    let candle = Item::keyed("AAPL#tiingo", "D#2026-01-02").with_n("open", "150.125").with_bool("is_closed", true);
    table.put(candle.clone()).await?;
    table.put(Item::keyed("LOCK#AAPL", "LOCK").with_s("LockHolder", "one")).await?;
    assert_eq!(table.items().await?.len(), 2);
    let under = table.items_under("AAPL#tiingo").await?;
    assert_eq!(under, [candle]);
    assert_eq!(under[0].n("open"), Some("150.125"));
    assert_eq!(under[0].bool("is_closed"), Some(true));
    assert_eq!(under[0].s("open"), None);
    assert_eq!(under[0].names().collect::<Vec<_>>(), ["PK", "SK", "is_closed", "open"]);
    table.delete("AAPL#tiingo", "D#2026-01-02").await?;
    assert_eq!(table.items_under("AAPL#tiingo").await?, []);
    table.clone().remove().await?;
    assert!(table.items().await.is_err());
    Ok(())
}

#[tokio::test]
async fn more_than_a_page_and_more_than_a_batch_are_handled() -> anyhow::Result<()> {
    let tier = Embedded::in_memory(|| 0)?;
    let table = Table::create(tier.endpoint(), "lab-table").await?;
    let wide = "x".repeat(20_000);
    let items = (0..60).map(|n| Item::keyed("AAPL#tiingo", format!("{n:02}")).with_s("wide", &wide));
    table.put_all(items).await?;
    assert_eq!(table.items().await?.len(), 60);
    let keys: Vec<_> = table.items_under("AAPL#tiingo").await?;
    assert!(keys.iter().map(|item| item.s("SK")).is_sorted());
    assert_eq!(keys.len(), 60);
    Ok(())
}

#[tokio::test]
async fn items_expire_by_the_clock_given_and_only_when_swept() -> anyhow::Result<()> {
    let now = Arc::new(AtomicU64::new(1_000_000));
    let clock = Arc::clone(&now);
    let tier = Embedded::in_memory(move || clock.load(Ordering::Relaxed))?;
    let table = Table::create(tier.endpoint(), "lab-table").await?;
    table.put(Item::keyed("soon", "D").with_n("ExpiresAt", "1000100")).await?;
    table.put(Item::keyed("later", "D").with_n("ExpiresAt", "1000300")).await?;
    now.store(1_000_200, Ordering::Relaxed);
    // TTL is off by default.
    assert_eq!(tier.sweep_ttl()?, 0);
    table.enable_ttl("ExpiresAt").await?;
    assert_eq!(table.items().await?.len(), 2);
    assert_eq!(tier.sweep_ttl()?, 1);
    let left = table.items().await?;
    assert_eq!(left.iter().map(|item| item.s("PK")).collect::<Vec<_>>(), [Some("later")]);
    Ok(())
}

#[tokio::test]
async fn a_file_outlives_the_tier() -> anyhow::Result<()> {
    let file = std::env::temp_dir().join(format!("candlecheck-{}.db", std::process::id()));
    let tier = Embedded::in_file(&file)?;
    let table = Table::create(tier.endpoint(), "lab-table").await?;
    table.put(Item::keyed("AAPL#tiingo", "D#2026-01-02")).await?;
    drop(table);
    tier.stop().await?;

    let tier = Embedded::in_file(&file)?;
    let found = Table::existing(tier.endpoint(), "lab-table").items().await?;
    tier.stop().await?;
    std::fs::remove_file(&file)?;
    assert_eq!(found, [Item::keyed("AAPL#tiingo", "D#2026-01-02")]);
    Ok(())
}

#[tokio::test]
async fn a_tier_stops_when_told_and_when_dropped() -> anyhow::Result<()> {
    let tier = Embedded::in_memory(|| 0)?;
    let address = tier.endpoint().url.replace("http://", "");
    assert!(TcpStream::connect(&address).await.is_ok());
    tier.stop().await?;
    assert!(TcpStream::connect(&address).await.is_err());

    let tier = Embedded::in_memory(|| 0)?;
    let address = tier.endpoint().url.replace("http://", "");
    drop(tier);
    let refused = async { while TcpStream::connect(&address).await.is_ok() {} };
    tokio::time::timeout(PATIENCE, refused).await?;
    Ok(())
}
