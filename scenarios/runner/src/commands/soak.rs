//! `candlecheck soak`.

use std::time::{Duration, Instant};

use candlecheck::SEED;
use candlecheck::soak::{CATCHES, Soak};
use clap::Args;
use clap::builder::PossibleValuesParser;
use harness::Stop;

use super::output;
use super::verify::built;
use crate::exit::Exit;

/// How often it is said how far it is.
const SAID_EVERY: Duration = Duration::from_secs(30);
/// How many clients come in one spell.
const CLIENTS: usize = 120;
/// How long a server may take to come to rest, while it gets no nearer to it.
const PATIENCE: Duration = Duration::from_secs(30);

/// For how long, and on what.
#[derive(Args)]
pub(crate) struct Options {
    /// For how many minutes, after a warm-up of a tenth of it, 90 seconds at least
    #[arg(long, default_value_t = 30, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_440))]
    minutes: u64,
    /// The seed of every random choice, to repeat an earlier run; a fixed one when not given
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// On a server with this defect, to see it caught
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(CATCHES))]
    defect: Option<String>,
}

/// Goes through it and reports.
pub(crate) fn soak(options: &Options) -> Result<u8, Exit> {
    let healthy = built(None)?;
    let target = match &options.defect {
        Some(name) => healthy.with_defect(name).ok_or_else(|| Exit::Usage(format!("no process can have {name}")))?,
        None => healthy,
    };
    let time = Duration::from_secs(60 * options.minutes);
    let seed = options.seed.unwrap_or(SEED);
    let soak =
        Soak { warm_up: (time / 10).max(Duration::from_secs(90)), time, clients: CLIENTS, patience: PATIENCE, seed };
    eprintln!("candlecheck: {}, seed {seed}; it warms up for {} seconds", target.name(), soak.warm_up.as_secs());
    let runtime = tokio::runtime::Runtime::new().map_err(anyhow::Error::from)?;
    let mut said = Instant::now();
    let ended = runtime.block_on(soak.run(target, |tally, so_far| {
        if said.elapsed() >= SAID_EVERY {
            said = Instant::now();
            let (requests, troubled) = (tally.requests(), tally.troubled());
            let minutes = options.minutes;
            let seconds = so_far.as_secs();
            eprintln!(
                "candlecheck: {}:{:02} of {minutes} minutes: {requests} requests, {troubled} troubles",
                seconds / 60,
                seconds % 60
            );
        }
    }));
    let (report, code) = match ended {
        Ok(ended) => (format!("{} minutes, seed {seed}\n\n{ended}", options.minutes), u8::from(!ended.is_as_before())),
        Err(Stop::Failed(failure)) => (format!("the server did what no server may, seed {seed}\n\n  {failure}\n"), 1),
        Err(Stop::SetUp(cause) | Stop::Unsupported(cause)) => return Err(Exit::NotThere(cause)),
        Err(Stop::Broken(cause)) => return Err(Exit::Broken(anyhow::anyhow!(cause))),
    };
    output::write(&format!("Candlecheck soak: {report}"), None)?;
    Ok(code)
}
