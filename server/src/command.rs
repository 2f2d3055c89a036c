//! The server as a process: settings from the environment, logs to standard output, an end on SIGTERM or Ctrl-C; and
//! `warm`, which fills the table and ends.

use std::process::ExitCode;
use std::sync::Arc;

use tokio::net::TcpListener;

use crate::clock::Clock;
use crate::rules::Rules;
use crate::server::Server;
use crate::settings::{self, Environment, Settings};
use crate::signals::stop_on_signal;
use crate::telemetry::Gathered;
use crate::warming;

/// Something could not be warmed.
const NOT_WARMED: u8 = 1;
/// Wrong usage or settings.
const WRONG_SETTINGS: u8 = 2;
/// Something needed is not there.
const NOT_THERE: u8 = 3;

/// Does what a process is asked to by these arguments, in this environment, by a specification that somebody amends.
pub async fn run(arguments: &[String], environment: &Environment, amend: impl FnOnce(&mut Rules)) -> ExitCode {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let warm = match arguments[..] {
        [] => None,
        ["warm"] => Some(warming::TICKERS.map(str::to_owned).to_vec()),
        ["warm", "--tickers", tickers] if !tickers.trim().is_empty() => {
            Some(tickers.split(',').map(|ticker| ticker.trim().to_owned()).collect())
        }
        ["--help" | "-h"] => return show(&settings::help()),
        ["--version" | "-V"] => return show(concat!("ohlc-server ", env!("CARGO_PKG_VERSION"))),
        _ => {
            return refuse(
                WRONG_SETTINGS,
                "ohlc-server takes its settings from the environment; see ohlc-server --help",
            );
        }
    };
    let settings = match Settings::read_amended(environment, amend).await {
        Ok(settings) => settings,
        Err(faults) => return refuse(WRONG_SETTINGS, &format!("{faults}\nohlc-server --help lists every setting")),
    };
    let clock = match clock(environment) {
        Ok(clock) => clock,
        Err(fault) => return refuse(WRONG_SETTINGS, &fault),
    };
    #[cfg(feature = "test-controls")]
    crate::under_test::end_with_stdin(environment);
    if warm.is_none() && settings.api_tokens.is_empty() && settings.jwt_secret.is_none() {
        eprintln!("ohlc-server: nobody can log in yet: set OHLC_API_TOKENS or OHLC_JWT_SECRET");
    }
    let address = settings.listen;
    let lines = Gathered::into(std::io::stdout());
    let server = match Server::new(settings, clock, lines.writer()).await {
        Ok(server) => server,
        Err(problem) => return refuse(NOT_THERE, &problem.to_string()),
    };
    if let Some(tickers) = warm {
        let summary = server.warm(&tickers, |warmed| eprintln!("ohlc-server: {warmed}")).await;
        eprintln!("ohlc-server: {summary}");
        return if summary.cold == 0 { ExitCode::SUCCESS } else { ExitCode::from(NOT_WARMED) };
    }
    let listener = match TcpListener::bind(address).await {
        Ok(listener) => listener,
        Err(cause) => {
            let advice = "stop what listens there, or name another address, for example OHLC_LISTEN=127.0.0.1:8001";
            return refuse(NOT_THERE, &format!("cannot listen on {address}: {cause}; {advice}"));
        }
    };
    let stop = match stop_on_signal() {
        Ok(stop) => stop,
        Err(cause) => return refuse(NOT_THERE, &format!("cannot wait for signals: {cause}")),
    };
    match server.run(listener, stop).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => refuse(NOT_THERE, &format!("stopped listening on {address}: {cause}")),
    }
}

/// The machine's clock; in a process under test the one that it is given.
#[cfg(not(feature = "test-controls"))]
fn clock(_environment: &Environment) -> Result<Arc<dyn Clock>, String> {
    Ok(Arc::new(crate::clock::SystemClock))
}

#[cfg(feature = "test-controls")]
fn clock(environment: &Environment) -> Result<Arc<dyn Clock>, String> {
    crate::under_test::clock(environment)
}

#[expect(clippy::print_stdout, reason = "what was asked for on the command line")]
fn show(text: &str) -> ExitCode {
    println!("{text}");
    ExitCode::SUCCESS
}

fn refuse(code: u8, problem: &str) -> ExitCode {
    eprintln!("ohlc-server: {problem}");
    ExitCode::from(code)
}
