//! `candlecheck sanity`: whether a deployment does what it should, in five requests that only read.

mod checks;
mod report;
mod visits;

use std::path::PathBuf;

use clap::Args;
use ohlc_server::settings::Environment;

use self::visits::{REQUESTS, Unreachable, Visitor};
use super::output::{self, Format};
use crate::exit::Exit;

/// The variable that holds the token.
const TOKEN: &str = "CANDLECHECK_TOKEN";

/// Which deployment to look at, and how to tell.
#[derive(Args)]
pub(crate) struct Options {
    /// Where the server is, for example https://ohlc.example.com
    url: String,
    /// The ticker to ask for: one that the provider knows
    #[arg(long, default_value = "AAPL")]
    ticker: String,
    /// How to report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Where to write the report, instead of standard output
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
}

/// Asks, checks and reports.
pub(crate) fn sanity(options: &Options) -> Result<u8, Exit> {
    let visitor = Visitor::to(&options.url, &options.ticker, token)?;
    output::check(options.out.as_deref())?;
    eprintln!("candlecheck: {REQUESTS} requests go to {}; they only read", visitor.base());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(anyhow::Error::from)?;
    let visits = runtime.block_on(visitor.visits()).map_err(|Unreachable(cause)| {
        Exit::NotThere(format!(
            "{} cannot be reached: {cause}; check the address, that the server runs, and its certificate",
            visitor.base()
        ))
    })?;
    let findings = checks::held_to(&visits);
    let text = match options.format {
        Format::Human => report::human(visitor.base(), &visits, &findings),
        Format::Json => report::json(visitor.base(), &visits, &findings),
    };
    output::write(&text, options.out.as_deref())?;
    Ok(report::exit_code(&findings))
}

fn token() -> Result<String, Exit> {
    let environment = Environment::of_process();
    let token = environment.get(TOKEN).map(str::trim).filter(|token| !token.is_empty());
    token.map(str::to_owned).ok_or_else(|| {
        Exit::NotThere(format!("{TOKEN} is not set: set it to a token that the server accepts, one that may only read"))
    })
}
