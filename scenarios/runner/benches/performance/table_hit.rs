//! An answer from DynamoDB, beside one raw Query of the same items.

use std::sync::Arc;

use ohlc_server::Server;

use crate::aim::Aim;
use crate::keep_alive::Client;
use crate::raw_query::Raw;
use crate::turns::Pair;
use crate::world::World;

/// A server that forgets before each question, and a client that needs no server.
pub(crate) struct TableHit {
    server: Arc<Server>,
    client: Client,
    raw: Raw,
}

impl TableHit {
    pub(crate) async fn beside_a_raw_query(world: &World) -> anyhow::Result<Self> {
        let raw = Raw::at(&world.tier.endpoint().url);
        Ok(Self { server: Arc::clone(&world.server), client: world.client().await?, raw })
    }
}

impl Pair for TableHit {
    const NAME: &'static str = "250 candles from DynamoDB beside a raw Query";
    const AIM: Aim = Aim::Times(1.25);

    async fn ours(&mut self) -> anyhow::Result<()> {
        self.server.drop_l1();
        self.client.ask().await
    }

    async fn reference(&mut self) -> anyhow::Result<()> {
        self.raw.query().await
    }
}
