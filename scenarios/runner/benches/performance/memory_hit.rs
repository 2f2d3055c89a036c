//! An answer from memory, with all that surrounds it, beside a bare handler that gives the same bytes.

use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use futures_util::future::try_join_all;
use tokio::net::TcpListener;

use crate::aim::Aim;
use crate::keep_alive::Client;
use crate::turns::Pair;
use crate::world::World;

/// Clients at once.
const CLIENTS: usize = 8;
/// How often each asks in one turn.
const QUESTIONS: usize = 25;

/// The server and the bare handler, each with clients of its own.
pub(crate) struct MemoryHit {
    ours: Vec<Client>,
    bare: Vec<Client>,
}

impl MemoryHit {
    pub(crate) async fn beside_a_bare_handler(world: &World) -> anyhow::Result<Self> {
        let mut client = world.client().await?;
        client.ask().await?;
        let bare = bare_handler(Bytes::copy_from_slice(client.body())).await?;
        Ok(Self {
            ours: try_join_all((0..CLIENTS).map(|_| world.client())).await?,
            bare: try_join_all((0..CLIENTS).map(|_| world.client_of(bare))).await?,
        })
    }
}

impl Pair for MemoryHit {
    const NAME: &'static str = "250 candles from memory beside a bare handler";
    const AIM: Aim = Aim::Throughput { least: 0.8, answers: (CLIENTS * QUESTIONS) as u32 };

    async fn ours(&mut self) -> anyhow::Result<()> {
        all_ask(&mut self.ours).await
    }

    async fn reference(&mut self) -> anyhow::Result<()> {
        all_ask(&mut self.bare).await
    }
}

async fn all_ask(clients: &mut Vec<Client>) -> anyhow::Result<()> {
    let asking = clients.drain(..).map(|mut client| {
        tokio::spawn(async move {
            for _ in 0..QUESTIONS {
                client.ask().await?;
            }
            anyhow::Ok(client)
        })
    });
    *clients = try_join_all(asking).await?.into_iter().collect::<Result<_, _>>()?;
    Ok(())
}

/// A handler that has nothing to do. It goes when the runtime does.
async fn bare_handler(body: Bytes) -> anyhow::Result<SocketAddr> {
    let handler = get(|| async move { ([(CONTENT_TYPE, "application/json")], body.clone()) });
    let router = Router::new().route("/api/v2/tickers/{ticker}/ohlc", handler);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async { axum::serve(listener, router).await });
    Ok(address)
}
