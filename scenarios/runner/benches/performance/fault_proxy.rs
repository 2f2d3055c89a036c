//! A call through the fault proxy, beside the same call straight to the table.

use std::time::Duration;

use harness::faults::FaultProxy;
use harness::observe::journal::Journal;

use crate::aim::Aim;
use crate::raw_query::Raw;
use crate::turns::Pair;
use crate::world::World;

const AIM: Aim = Aim::Added(Duration::from_micros(100));

/// GetItem of one candle.
pub(crate) struct GetThrough(Ways);

/// Query of a year.
pub(crate) struct QueryThrough(Ways);

struct Ways {
    through: Raw,
    direct: Raw,
    _proxy: FaultProxy,
}

impl GetThrough {
    pub(crate) async fn the_fault_proxy(world: &World) -> anyhow::Result<Self> {
        Ways::to(world).await.map(Self)
    }
}

impl QueryThrough {
    pub(crate) async fn the_fault_proxy(world: &World) -> anyhow::Result<Self> {
        Ways::to(world).await.map(Self)
    }
}

impl Ways {
    async fn to(world: &World) -> anyhow::Result<Self> {
        let url = &world.tier.endpoint().url;
        let proxy = FaultProxy::start(url.as_str(), Journal::default(), candlecheck::SEED).await?;
        Ok(Self { through: Raw::at(proxy.url()), direct: Raw::at(url), _proxy: proxy })
    }
}

impl Pair for GetThrough {
    const NAME: &'static str = "GetItem through the fault proxy";
    const AIM: Aim = AIM;

    async fn ours(&mut self) -> anyhow::Result<()> {
        self.0.through.get().await
    }

    async fn reference(&mut self) -> anyhow::Result<()> {
        self.0.direct.get().await
    }
}

impl Pair for QueryThrough {
    const NAME: &'static str = "Query of 250 candles through the fault proxy";
    const AIM: Aim = AIM;

    async fn ours(&mut self) -> anyhow::Result<()> {
        self.0.through.query().await
    }

    async fn reference(&mut self) -> anyhow::Result<()> {
        self.0.direct.query().await
    }
}
