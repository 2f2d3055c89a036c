//! `candlecheck serve`: the reference server on one port, with everything that it needs inside.

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use harness::dynamodb::{Embedded, Table};
use harness::observe::journal::Journal;
use harness::providers::{GOOG_DAILY, Market, Provider};
use ohlc_server::clock::{Clock, SystemClock};
use ohlc_server::settings::{Environment, Settings};
use ohlc_server::telemetry::LogWriter;
use ohlc_server::{Server, stop_on_signal};
use tokio::net::TcpListener;

use crate::exit::Exit;

/// The table that local development has always used (clarification L).
const TABLE: &str = "local-ohlc-cache";
/// The provider key of the doubles inside.
const KEY: &str = "replayed";
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
}

/// Serves until Ctrl-C or SIGTERM.
pub(crate) fn serve(options: &Options) -> Result<u8, Exit> {
    let runtime = tokio::runtime::Runtime::new().context("starting the runtime")?;
    runtime.block_on(serving(options))?;
    eprintln!("candlecheck: stopped; everything under way was finished");
    Ok(0)
}

async fn serving(options: &Options) -> Result<(), Exit> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
    // First of all, so that a taken port leaves nothing behind.
    let listener = TcpListener::bind(address).await.map_err(|cause| {
        Exit::NotThere(format!(
            "cannot listen on {address}: {cause}; stop what listens there, or choose another --port"
        ))
    })?;
    let address = listener.local_addr().context("asking for the port")?;
    let market = Market::new(candlecheck::SEED);
    market.lists_recorded("GOOG", GOOG_DAILY);
    for ticker in GENERATED {
        market.lists(ticker).since("2015-01-02");
    }
    let journal = Journal::default();
    let tiingo = Provider::tiingo(&market, &journal, KEY).await?;

    let mut settings = settings(address, &tiingo).await?;
    // Last of all, so that nothing that goes wrong before leaves a file behind.
    let tier = tier(options)?;
    Table::create_if_missing(tier.endpoint(), TABLE).await.context("creating the table")?;
    settings.aws.endpoint = Some(tier.endpoint().url.clone());
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let server = Server::new(settings, clock, LogWriter::new(|line| std::io::stderr().write_all(line)));
    let server = server.await.map_err(|problem| Exit::NotThere(problem.to_string()))?;
    let stop = stop_on_signal().context("waiting for signals")?;
    eprintln!("{}", welcome(address, options));
    server.run(listener, stop).await.context("serving")?;
    tiingo.stop().await;
    tier.stop().await?;
    Ok(())
}

fn tier(options: &Options) -> Result<Embedded, Exit> {
    match &options.data {
        None => Ok(Embedded::in_memory(|| u64::try_from(SystemClock.now().timestamp()).unwrap_or(0))?),
        Some(path) => Embedded::in_file(path).map_err(|cause| {
            let advice = "name a file that does not exist yet in a folder that does, or one that --data made before";
            Exit::NotThere(format!("cannot keep the table in {}: {cause:#}; {advice}", path.display()))
        }),
    }
}

/// The contract's settings; durations and the log filter may come from the environment.
async fn settings(address: SocketAddr, tiingo: &Provider) -> Result<Settings, Exit> {
    let own = [
        ("OHLC_CACHE_TABLE", TABLE.to_owned()),
        ("OHLC_LISTEN", address.to_string()),
        ("OHLC_API_TOKENS", "test-token".into()),
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
    let given = durations.chain(["OHLC_LOG"]).filter_map(|name| Some((name, process.get(name)?.to_owned())));
    let environment: Environment = own.into_iter().chain(given).collect();
    Settings::read(&environment).await.map_err(|faults| Exit::Usage(faults.to_string()))
}

fn welcome(address: SocketAddr, options: &Options) -> String {
    let kept = match &options.data {
        Some(path) => format!("The table is kept in {}.", path.display()),
        None => "The table lives in memory and is gone afterwards; --data FILE keeps it.".into(),
    };
    let goog = format!("http://{address}/api/v2/tickers/GOOG/ohlc?start_date=2012-01-03&end_date=2012-12-31");
    let generated = GENERATED.join(", ");
    format!(
        "candlecheck: serving on http://{address}

GOOG has real daily candles from 2004-08-19 to 2013-03-01; {generated} have made-up ones up to today. {kept}

  curl -i -H 'Authorization: Bearer test-token' '{goog}'
      the first time from tiingo, then in-memory: see X-Cache-Source
  curl -X POST http://{address}/test/drop-l1
      empties memory, so that the next answer comes from dynamodb
  curl -X POST -H 'Authorization: Bearer admin-token' -d '{{\"ticker\": \"GOOG\"}}' http://{address}/api/v2/cache/invalidate
      empties every layer
  curl http://{address}/metrics; curl http://{address}/openapi.json

Ctrl-C stops it.
"
    )
}
