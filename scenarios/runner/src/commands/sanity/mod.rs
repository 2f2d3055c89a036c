//! `candlecheck sanity`: whether a deployment works, in five read-only requests.

mod checks;
mod exchanges;
mod report;

use std::path::PathBuf;

use clap::Args;
use ohlc_server::settings::Environment;

use self::exchanges::{Client, REQUESTS, Unreachable};
use super::output::{self, Format};
use crate::exit::Exit;

/// The variable that holds the token.
const TOKEN: &str = "CANDLECHECK_TOKEN";

/// Which deployment to check, and how to report.
#[derive(Args)]
pub(crate) struct Options {
    /// The address of the server, for example https://ohlc.example.com
    url: String,
    /// The ticker to ask for; the provider must know it
    #[arg(long, default_value = "AAPL")]
    ticker: String,
    /// The format of the report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Write the report to this file instead of standard output
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
}

/// Asks, checks and reports.
pub(crate) fn sanity(options: &Options) -> Result<u8, Exit> {
    let client = Client::to(&options.url, &options.ticker, token)?;
    output::check(options.out.as_deref())?;
    eprintln!("candlecheck: {REQUESTS} requests go to {}; they only read", client.base());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(anyhow::Error::from)?;
    let exchanges = runtime.block_on(client.exchanges()).map_err(|Unreachable(cause)| {
        Exit::NotThere(format!(
            "{} cannot be reached: {cause}; check the address, that the server is running, and its certificate",
            client.base()
        ))
    })?;
    let findings = checks::held_to(&exchanges);
    let text = match options.format {
        Format::Human => report::human(client.base(), &exchanges, &findings),
        Format::Json => report::json(client.base(), &exchanges, &findings),
    };
    output::write(&text, options.out.as_deref())?;
    Ok(report::exit_code(&findings))
}

fn token() -> Result<String, Exit> {
    let environment = Environment::of_process();
    let token = environment.get(TOKEN).map(str::trim).filter(|token| !token.is_empty());
    token.map(str::to_owned).ok_or_else(|| {
        Exit::NotThere(format!("{TOKEN} is not set: set it to a read-only token that the server accepts"))
    })
}
