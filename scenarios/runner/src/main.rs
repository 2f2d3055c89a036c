//! The `candlecheck` command.

mod commands;
mod exit;
mod running_tier;

use std::process::ExitCode;

use candlecheck::built::{SERVE_DEFECT, serve_defect};
use clap::{Parser, Subcommand};

use crate::commands::{fidelity, image, list, new_regression, rules, serve, verify};
use crate::exit::Exit;

/// Holds an OHLC cache against the Candlecheck catalogue: scenarios that see it only from outside, each proven able to
/// fail. Without a command: verify.
///
/// Exit codes: 0 all as it should be, 1 a scenario failed or a defect was missed, 2 wrong usage or settings,
/// 3 something needed is not there, 4 the harness itself broke.
#[derive(Parser)]
#[command(name = "candlecheck", version, max_term_width = 100)]
struct Candlecheck {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Run scenarios, and their proofs: each on a server with each defect that it must catch
    Verify(verify::Options),
    /// Show the catalogue, with needs and defects
    List(list::Options),
    /// Hold two DynamoDBs against each other: how far a result on one stands for the other
    Fidelity(fidelity::Options),
    /// Show every decision of the specification, and where it comes from
    Rules,
    /// Run the reference server with an embedded table and replaying providers, nothing else to install
    Serve(serve::Options),
    /// Build the image that `--dynamodb container` takes, from npm, a JDK and this machine: where `docker pull` cannot
    Image,
    /// Write the scenario of a bug that was fixed, to be filled in
    NewRegression(new_regression::Options),
    /// What a process is that has a defect: for proofs, not for people
    #[command(hide = true, name = SERVE_DEFECT)]
    ServeDefect { defect: String, arguments: Vec<String> },
}

fn main() -> ExitCode {
    let command = Candlecheck::parse().command.unwrap_or_else(|| Command::Verify(verify::Options::default()));
    let ended = match command {
        Command::Verify(options) => verify::verify(&options),
        Command::List(options) => list::list(&options),
        Command::Fidelity(options) => fidelity::fidelity(&options),
        Command::Rules => rules::rules(),
        Command::Image => image::image(),
        Command::Serve(options) => serve::serve(&options),
        Command::ServeDefect { defect, arguments } => match serve_defect(&defect, &arguments) {
            Ok(code) => return code,
            Err(cause) => Err(Exit::Usage(format!("{cause:#}"))),
        },
        Command::NewRegression(options) => new_regression::new_regression(&options),
    };
    match ended {
        Ok(code) => ExitCode::from(code),
        Err(exit) => {
            eprintln!("candlecheck: {exit}");
            ExitCode::from(exit.code())
        }
    }
}
