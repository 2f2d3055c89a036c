//! A proxy leaves nothing behind.

use harness::dynamodb::Embedded;
use harness::faults::{FaultProxy, on};
use harness::gate::PATIENCE;
use harness::observe::journal::Journal;
use tokio::net::TcpStream;
use tokio::runtime::Handle;

use crate::world::World;

#[tokio::test]
async fn a_stopped_proxy_and_tier_leave_no_task_and_no_socket() -> anyhow::Result<()> {
    let before = Handle::current().metrics().num_alive_tasks();
    let World { tier, proxy, table, server, .. } = World::with_days(1..=3).await?;
    let replica = proxy.lag(on("Query"), &table).await?;
    let gate = proxy.hold(on("Scan"));
    let held = tokio::spawn(server.scan().table_name(table.name()).send());
    assert!(gate.arrived(1).await);

    let addresses = [proxy.url(), &tier.endpoint().url].map(|url| url.replace("http://", ""));
    proxy.stop().await;
    assert!(held.await?.is_err());
    // The clients' own connections are tasks, too.
    drop((server, table, replica));
    tier.stop().await?;
    for address in addresses {
        assert!(TcpStream::connect(&address).await.is_err(), "{address}");
    }
    let gone = async {
        while Handle::current().metrics().num_alive_tasks() > before {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, gone).await?;
    Ok(())
}

#[tokio::test]
async fn nothing_of_a_proxy_is_left_at_the_moment_when_stop_returns() -> anyhow::Result<()> {
    let tasks = || Handle::current().metrics().num_alive_tasks();
    let before = tasks();
    let proxy = FaultProxy::start("http://127.0.0.1:1", Journal::default(), 1).await?;
    let _caller = TcpStream::connect(proxy.url().replace("http://", "")).await?;
    let accepted = async {
        while tasks() < before + 2 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, accepted).await?;
    proxy.stop().await;
    assert_eq!(tasks(), before);
    Ok(())
}

#[tokio::test]
async fn a_dropped_proxy_stops_listening() -> anyhow::Result<()> {
    let World { proxy, .. } = World::new().await?;
    let address = proxy.url().replace("http://", "");
    assert!(TcpStream::connect(&address).await.is_ok());
    drop(proxy);
    let refused = async { while TcpStream::connect(&address).await.is_ok() {} };
    tokio::time::timeout(PATIENCE, refused).await?;
    Ok(())
}

#[tokio::test]
async fn an_upstream_without_a_host_or_a_scheme_is_refused() -> anyhow::Result<()> {
    for url in ["not a url", "localhost:8000", "ftp://localhost", "/table"] {
        assert!(FaultProxy::start(url, Journal::default(), 1).await.is_err(), "{url}");
    }
    Ok(())
}

#[tokio::test]
async fn worlds_do_not_see_each_other() -> anyhow::Result<()> {
    let (one, other) = (World::with_days(1..=3).await?, World::new().await?);
    assert_eq!(one.query(1, 9).send().await?.count(), 3);
    assert_eq!(other.query(1, 9).send().await?.count(), 0);
    assert_eq!((one.calls().len(), other.calls().len()), (1, 1));
    assert_ne!(one.tier.endpoint().url, Embedded::in_memory(|| 0)?.endpoint().url);
    Ok(())
}
