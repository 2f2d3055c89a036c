//! What only tests of the dashboard may do: set the time, say which candles the provider has, let it be slow or refuse,
//! count its calls.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use harness::Clock;
use harness::providers::{Market, Provider, Row};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// They listen until they are stopped.
pub(super) struct Controls {
    stop: CancellationToken,
    serving: JoinHandle<std::io::Result<()>>,
}

#[derive(Clone)]
struct World {
    clock: Clock,
    market: Market,
    tiingo: Arc<Provider>,
}

#[derive(Deserialize)]
struct Time {
    now: DateTime<Utc>,
}

/// What the provider has of a ticker from now on, instead of what is made up or recorded: exactly these rows.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    ticker: String,
    resolution: String,
    rows: Vec<Sent>,
}

/// A row: its date or instant, and each number as the text that the provider sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    date: String,
    open: String,
    high: String,
    low: String,
    close: String,
    volume: String,
}

/// How the provider behaves from now on.
#[derive(Deserialize)]
#[serde(tag = "conduct", rename_all = "snake_case", deny_unknown_fields)]
enum Conduct {
    /// As it should.
    Good,
    /// Answers this much later.
    Slow { delay_ms: u64 },
    /// Refuses with this status.
    Refusing { status: u16 },
    /// Refuses with 429 and these seconds of patience, so many times.
    Limiting { retry_after: u32, calls: usize },
}

impl Controls {
    /// Begins to listen on a port of the system's choice, and says which.
    pub(super) async fn start(clock: Clock, market: Market, tiingo: Arc<Provider>) -> anyhow::Result<Self> {
        market.time_is(clock.now());
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("a port for the controls")?;
        eprintln!("candlecheck: controls on http://{}", listener.local_addr().context("asking for the port")?);
        let routes = Router::new()
            .route("/clock", post(set_clock))
            .route("/listed", post(list))
            .route("/provider", get(calls).post(behave))
            .with_state(World { clock, market, tiingo });
        let stop = CancellationToken::new();
        let serving = axum::serve(listener, routes).with_graceful_shutdown(stop.clone().cancelled_owned());
        Ok(Self { stop, serving: tokio::spawn(serving.into_future()) })
    }

    pub(super) async fn stop(self) {
        self.stop.cancel();
        // It ends in an error only when its task was cancelled, which nobody does.
        let _ = self.serving.await;
    }
}

async fn set_clock(State(world): State<World>, Json(time): Json<Time>) -> Json<Value> {
    world.clock.set(time.now);
    world.market.time_is(time.now);
    Json(json!({"now": time.now}))
}

async fn list(State(world): State<World>, Json(listed): Json<Listed>) -> Json<Value> {
    let rows: Vec<_> = listed.rows.iter().map(Sent::row).collect();
    let told = json!({"rows": rows.len()});
    world.market.lists(&listed.ticker).rows(listed.resolution.as_str(), rows);
    Json(told)
}

async fn calls(State(world): State<World>) -> Json<Value> {
    Json(json!({"calls": world.tiingo.calls().len()}))
}

async fn behave(State(world): State<World>, Json(conduct): Json<Conduct>) -> Json<Value> {
    world.tiingo.recovers();
    match conduct {
        Conduct::Good => {}
        Conduct::Slow { delay_ms } => _ = world.tiingo.answers_after(Duration::from_millis(delay_ms)),
        Conduct::Refusing { status } => _ = world.tiingo.answers(status),
        Conduct::Limiting { retry_after, calls } => world.tiingo.rate_limited(Some(retry_after)).for_calls(calls),
    }
    Json(json!({"calls": world.tiingo.calls().len()}))
}

impl Sent {
    fn row(&self) -> Row {
        Row::new(self.date.as_str(), &self.open, &self.high, &self.low, &self.close, &self.volume)
    }
}
