//! `candlecheck serve`: the reference server and its dashboard on one port, with everything that they need inside.

mod controls;
mod dashboard;

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use chrono::{DateTime, Utc};
use clap::Args;
use harness::Clock as FrozenClock;
use harness::dynamodb::{Embedded, Table};
use harness::observe::journal::Journal;
use harness::providers::{GOOG_DAILY, Market, Provider};
use ohlc_server::clock::{Clock, SystemClock};
use ohlc_server::http::dashboard::Dashboard;
use ohlc_server::settings::{Environment, Settings};
use ohlc_server::telemetry::LogWriter;
use ohlc_server::{Policies, Ports, Server};
use tokio::net::TcpListener;

use self::controls::Controls;
use crate::exit::Exit;

/// The table that local development has always used (clarification L).
const TABLE: &str = "local-ohlc-cache";
/// After the close of the last day of GOOG's record.
const EVENING: DateTime<Utc> = DateTime::from_timestamp(1_362_175_200, 0).expect("an instant");
/// The provider key of the doubles inside.
const KEY: &str = "replayed";
/// What readers show, the dashboard too.
const TOKEN: &str = "test-token";
/// Tickers whose candles are generated, besides the recorded ones of GOOG.
const GENERATED: [&str; 6] = ["AAPL", "MSFT", "AMZN", "TSLA", "META", "NVDA"];

/// Where to serve, and what to keep.
#[derive(Args)]
pub(crate) struct Options {
    /// The port on 127.0.0.1
    #[arg(long, default_value_t = 8000)]
    port: u16,
    /// Keep the table in this file across restarts, instead of in memory
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Stand still at 2013-03-01T22:00:00Z, and let tests set the time and the provider's conduct on a port of their own
    #[arg(long, hide = true, conflicts_with = "data")]
    controls: bool,
}

/// Serves until Ctrl-C or SIGTERM.
pub(crate) fn serve(options: &Options) -> Result<u8, Exit> {
    let runtime = tokio::runtime::Runtime::new().context("starting the runtime")?;
    runtime.block_on(serving(options))?;
    eprintln!("candlecheck: stopped; all requests and writes are finished");
    Ok(0)
}

async fn serving(options: &Options) -> Result<(), Exit> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
    // First of all, so that a taken port leaves nothing behind.
    let listener = TcpListener::bind(address).await.map_err(|cause| {
        Exit::NotThere(format!(
            "cannot listen on {address}: {cause}; stop the program that listens there, or choose another --port"
        ))
    })?;
    let address = listener.local_addr().context("asking for the port")?;
    let market = Market::new(candlecheck::SEED);
    market.lists_recorded("GOOG", GOOG_DAILY);
    for ticker in GENERATED {
        market.lists(ticker).since("2005-01-03");
    }
    let journal = Journal::default();
    let tiingo = Provider::tiingo(&market, &journal, KEY).await?;
    let (clock, frozen) = clocks(options);

    let environment = environment(address, &tiingo);
    let policies = Policies::read(&environment);
    let settings = Settings::read(&environment, &policies).await;
    let mut settings = settings.map_err(|faults| Exit::Usage(faults.to_string()))?;
    // One that is named was read with the settings; else the source's own.
    let page = match settings.dashboard.take() {
        Some(named) => named,
        None => dashboard::of_the_source().await?,
    };
    settings.dashboard = Some(page.with_token(TOKEN));
    let welcome = welcome(address, options, settings.dashboard.as_ref());
    // Last of all, so that nothing that goes wrong before leaves a file behind.
    let tier = tier(options, Arc::clone(&clock))?;
    Table::create_if_missing(tier.endpoint(), TABLE).await.context("creating the table")?;
    settings.aws.endpoint = Some(tier.endpoint().url.clone());
    let log = LogWriter::new(|line| std::io::stderr().write_all(line));
    let ports = Ports { test_controls: true, ..Ports::new(environment, clock, log) };
    let stop = (ports.stop)().context("waiting for signals")?;
    let server = Server::new(settings, policies, ports).await;
    let server = server.map_err(|problem| Exit::NotThere(problem.to_string()))?;
    let tiingo = Arc::new(tiingo);
    let controls = match frozen {
        Some(clock) => Some(Controls::start(clock, market, Arc::clone(&tiingo)).await?),
        None => None,
    };
    eprintln!("{welcome}");
    server.run(listener, stop).await.context("serving")?;
    if let Some(controls) = controls {
        controls.stop().await;
    }
    if let Some(tiingo) = Arc::into_inner(tiingo) {
        tiingo.stop().await;
    }
    tier.stop().await?;
    Ok(())
}

/// What the server goes by, and the same again when it is for tests to move.
fn clocks(options: &Options) -> (Arc<dyn Clock>, Option<FrozenClock>) {
    if !options.controls {
        return (Arc::new(SystemClock), None);
    }
    let frozen = FrozenClock::at(EVENING);
    let shown = frozen.clone();
    (Arc::new(move || shown.now()), Some(frozen))
}

fn tier(options: &Options, clock: Arc<dyn Clock>) -> Result<Embedded, Exit> {
    match &options.data {
        None => Ok(Embedded::in_memory(move || u64::try_from(clock.now().timestamp()).unwrap_or(0))?),
        Some(path) => Embedded::in_file(path).map_err(|cause| {
            let advice = "name a new file in a folder that exists, or a file that --data made before";
            Exit::NotThere(format!("cannot keep the table in {}: {cause:#}; {advice}", path.display()))
        }),
    }
}

/// The contract's settings; durations, the log filter and the dashboard may come from the environment.
fn environment(address: SocketAddr, tiingo: &Provider) -> Environment {
    let own = [
        ("OHLC_CACHE_TABLE", TABLE.to_owned()),
        ("OHLC_LISTEN", address.to_string()),
        ("OHLC_API_TOKENS", TOKEN.into()),
        ("OHLC_ADMIN_TOKENS", "admin-token".into()),
        ("OHLC_LOG", "warn".into()),
        ("TIINGO_API_KEY", KEY.into()),
        ("TIINGO_BASE_URL", tiingo.url().into()),
        ("AWS_REGION", "us-east-1".into()),
        ("AWS_ACCESS_KEY_ID", "candlecheck".into()),
        ("AWS_SECRET_ACCESS_KEY", "candlecheck".into()),
    ];
    let process = Environment::of_process();
    let durations = candlecheck::duration_settings();
    let given = durations
        .chain(["OHLC_DASHBOARD_DIR", "OHLC_LOG"])
        .filter_map(|name| Some((name, process.get(name)?.to_owned())));
    own.into_iter().chain(given).collect()
}

fn welcome(address: SocketAddr, options: &Options, dashboard: Option<&Dashboard>) -> String {
    let kept = match &options.data {
        Some(path) => format!("The table is kept in {}.", path.display()),
        None => "The table lives in memory and ends with the process; --data FILE keeps it.".into(),
    };
    let window = "start_date=2012-01-03&end_date=2012-12-31";
    let page = match dashboard {
        Some(Dashboard::Missing(advice)) => format!("No dashboard: {advice}"),
        _ => format!("The dashboard: http://{address}/tickers/GOOG?{window}"),
    };
    let goog = format!("http://{address}/api/v2/tickers/GOOG/ohlc?{window}");
    let generated = GENERATED.join(", ");
    format!(
        "candlecheck: serving on http://{address}

GOOG has real daily candles from 2004-08-19 to 2013-03-01; {generated} have made-up ones up to today. {kept}

{page}

  curl -i -H 'Authorization: Bearer test-token' '{goog}'
      the first time from tiingo, then in-memory: see X-Cache-Source
  curl -X POST http://{address}/test/drop-l1
      empties memory, so that the next answer comes from dynamodb; whoever reaches this port may do so, without a token
  curl -X POST -H 'Authorization: Bearer admin-token' -d '{{\"ticker\": \"GOOG\"}}' http://{address}/api/v2/cache/invalidate
      empties every layer
  curl http://{address}/metrics; curl http://{address}/openapi.json

Ctrl-C stops it.
"
    )
}
