//! The server as a process: settings from the environment, logs to standard output, an end on SIGTERM or Ctrl-C; and
//! `warm`, which fills the table and ends.

use std::process::ExitCode;

use tokio::net::TcpListener;

use crate::policies::Policies;
use crate::ports::Ports;
use crate::server::Server;
use crate::settings::{self, Settings};
use crate::warming;

/// Something could not be warmed.
const NOT_WARMED: u8 = 1;
/// Wrong usage or settings.
const WRONG_SETTINGS: u8 = 2;
/// Something needed is not there.
const NOT_THERE: u8 = 3;

/// Does what a process is asked to by these arguments, by these policies, in this world.
pub async fn run(arguments: &[String], policies: Policies, ports: Ports) -> ExitCode {
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
            return refuse("ohlc-server takes its settings from the environment; see ohlc-server --help");
        }
    };
    let settings = match Settings::read(&ports.environment, &policies).await {
        Ok(settings) => settings,
        Err(faults) => return refuse(&format!("{faults}\nohlc-server --help lists every setting")),
    };
    if warm.is_none() && settings.api_tokens.is_empty() && settings.jwt_secret.is_none() {
        eprintln!("ohlc-server: nobody can log in yet: set OHLC_API_TOKENS or OHLC_JWT_SECRET");
    }
    let (address, stop) = (settings.listen, ports.stop.clone());
    let server = match Server::new(settings, policies, ports).await {
        Ok(server) => server,
        Err(problem) => return end_without(&problem.to_string()),
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
            return end_without(&format!("cannot listen on {address}: {cause}; {advice}"));
        }
    };
    let stop = match stop() {
        Ok(stop) => stop,
        Err(cause) => return end_without(&format!("cannot wait for signals: {cause}")),
    };
    match server.run(listener, stop).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => end_without(&format!("stopped listening on {address}: {cause}")),
    }
}

#[expect(clippy::print_stdout, reason = "what was asked for on the command line")]
fn show(text: &str) -> ExitCode {
    println!("{text}");
    ExitCode::SUCCESS
}

/// Refuses to start with what was asked for or set.
pub fn refuse(problem: &str) -> ExitCode {
    eprintln!("ohlc-server: {problem}");
    ExitCode::from(WRONG_SETTINGS)
}

fn end_without(problem: &str) -> ExitCode {
    eprintln!("ohlc-server: {problem}");
    ExitCode::from(NOT_THERE)
}
