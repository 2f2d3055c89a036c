//! What everything is measured on: the reference server as in production, over an embedded table that holds a year.

use std::fs::File;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, Utc};
use harness::dynamodb::{Embedded, Table};
use harness::observe::journal::Journal;
use harness::providers::{Market, Provider};
use ohlc_server::settings::{Environment, Settings};
use ohlc_server::telemetry::{Gathered, LogPolicy};
use ohlc_server::{Policies, Ports, Server};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::keep_alive::Client;

pub(crate) const TABLE: &str = "candlecheck-bench";
pub(crate) const TICKER: &str = "AAPL";
/// A ticker that nobody has asked for.
pub(crate) const UNKNOWN_YET: &str = "MSFT";
/// 250 sessions.
pub(crate) const FIRST: &str = "2025-02-05";
pub(crate) const LAST: &str = "2026-02-03";
pub(crate) const CANDLES: usize = 250;
/// The token that the server accepts.
pub(crate) const TOKEN: &str = "bench-token";
/// After the close of the last session.
const NOW: &str = "2026-02-03T22:00:00Z";

/// A server and what it stands on.
pub(crate) struct World {
    pub(crate) server: Arc<Server>,
    pub(crate) tier: Embedded,
    address: SocketAddr,
    tiingo: Provider,
    stop: CancellationToken,
    serving: JoinHandle<std::io::Result<()>>,
    _logging: Gathered,
}

impl World {
    /// Starts everything and lets the server fetch the year, so that memory and table have it.
    pub(crate) async fn open() -> anyhow::Result<Self> {
        let tier = Embedded::in_memory(|| now().timestamp().unsigned_abs())?;
        Table::create(tier.endpoint(), TABLE).await?;
        let market = Market::new(candlecheck::SEED);
        market.time_is(now());
        market.lists(TICKER);
        market.lists(UNKNOWN_YET);
        let tiingo = Provider::tiingo(&market, &Journal::default(), "key").await?;

        // Logs leave as they do in production: by a thread of their own.
        let nowhere = File::options().write(true).open("/dev/null")?;
        let logging = Gathered::into(nowhere, &LogPolicy::default());
        let environment: Environment = environment(&tier, &tiingo).into_iter().collect();
        let policies = Policies::read(&environment);
        let settings = Settings::read(&environment, &policies).await?;
        let listener = TcpListener::bind(settings.listen).await?;
        let address = listener.local_addr()?;
        // Read once, because every request asks the clock. It goes on, as the machine's own does.
        let (beginning, began) = (now(), Instant::now());
        let clock = move || beginning + began.elapsed();
        let server =
            Server::new(settings, policies, Ports::new(environment, Arc::new(clock), logging.writer())).await?;
        let stop = CancellationToken::new();
        let serving = tokio::spawn(Arc::clone(&server).run(listener, stop.clone()));
        let world = Self { server, tier, address, tiingo, stop, serving, _logging: logging };

        let mut client = world.client().await?;
        client.ask().await?;
        world.server.idle().await;
        Ok(world)
    }

    /// Somebody who asks the server for the year.
    pub(crate) async fn client(&self) -> anyhow::Result<Client> {
        self.client_of(self.address).await
    }

    /// Somebody who asks another server the same.
    pub(crate) async fn client_of(&self, address: SocketAddr) -> anyhow::Result<Client> {
        Client::of(address, &question(TICKER, "D", FIRST)).await
    }

    /// The settings of a server in this world.
    pub(crate) fn environment(&self) -> [(&str, &str); 9] {
        environment(&self.tier, &self.tiingo)
    }

    /// Takes everything down.
    pub(crate) async fn close(self) -> anyhow::Result<()> {
        self.stop.cancel();
        self.serving.await??;
        self.tiingo.stop().await;
        self.tier.stop().await
    }
}

/// The instant at which everything begins.
pub(crate) fn now() -> DateTime<Utc> {
    NOW.parse().expect("an instant")
}

/// Asks for the candles from this date on.
pub(crate) fn question(ticker: &str, resolution: &str, first: &str) -> String {
    format!("GET /api/v2/tickers/{ticker}/ohlc?resolution={resolution}&start_date={first}&end_date={LAST}")
}

fn environment<'a>(tier: &'a Embedded, tiingo: &'a Provider) -> [(&'a str, &'a str); 9] {
    [
        ("OHLC_CACHE_TABLE", TABLE),
        ("OHLC_LISTEN", "127.0.0.1:0"),
        ("OHLC_API_TOKENS", TOKEN),
        ("TIINGO_API_KEY", "key"),
        ("TIINGO_BASE_URL", tiingo.url()),
        ("AWS_REGION", "us-east-1"),
        ("AWS_ENDPOINT_URL_DYNAMODB", &tier.endpoint().url),
        ("AWS_ACCESS_KEY_ID", "candlecheck"),
        ("AWS_SECRET_ACCESS_KEY", "candlecheck"),
    ]
}
