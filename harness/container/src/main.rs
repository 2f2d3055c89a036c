//! `candlecheck-container`: DynamoDB Local in a container, for as long as standard input is open.
//!
//! A program of its own, because what speaks to Docker takes long to compile and most runs never need it: Candlecheck
//! builds it when it is first asked for a container. It says what takes long on standard error, and its result as one
//! line of JSON on standard output: where the container listens; with `image`, the digest of an image that it built; or
//! why there is neither.

mod absence;
mod build;
mod docker;
mod image;
mod local;
mod run;

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Context;
use serde_json::{Value, json};
use tokio::runtime::Builder;
use tokio::signal::unix::{SignalKind, signal};

use self::absence::Absence;
use self::build::build_image;
use self::local::DynamoDbLocal;

fn main() -> ExitCode {
    let image = std::env::args().nth(1).is_some_and(|argument| argument == "image");
    let runtime = match Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(cause) => return failed(&Absence::Broken(cause.into())),
    };
    let ended = runtime.block_on(async { if image { build().await } else { serve().await } });
    // After a signal somebody still waits for the end of standard input, which nobody should wait for.
    runtime.shutdown_background();
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(absence) => failed(&absence),
    }
}

async fn build() -> Result<(), Absence> {
    let digest = build_image(say).await?;
    Ok(tell(&json!({ "image": digest }))?)
}

async fn serve() -> Result<(), Absence> {
    let local = DynamoDbLocal::start(say).await?;
    let told = async {
        tell(&local.facts())?;
        ended().await
    };
    // It goes whatever happened, as long as this process can still do something.
    let (told, removed) = (told.await, local.remove().await);
    Ok(told.and(removed)?)
}

/// Waits until nobody holds the other end of standard input, or somebody tells this process to end.
async fn ended() -> anyhow::Result<()> {
    let mut terminated = signal(SignalKind::terminate()).context("waiting for signals")?;
    let mut interrupted = signal(SignalKind::interrupt()).context("waiting for signals")?;
    let closed = tokio::task::spawn_blocking(|| io::copy(&mut io::stdin(), &mut io::sink()));
    tokio::select! {
        _ = closed => {}
        _ = terminated.recv() => {}
        _ = interrupted.recv() => {}
    }
    Ok(())
}

fn failed(absence: &Absence) -> ExitCode {
    let told = match absence {
        Absence::Missing(advice) => json!({ "missing": advice }),
        Absence::Broken(cause) => json!({ "broken": format!("{cause:#}") }),
    };
    // Nobody listens any more if this fails, too.
    let _ = tell(&told);
    ExitCode::FAILURE
}

fn tell(told: &Value) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{told}").and_then(|()| out.flush()).context("telling what came of it")
}

fn say(progress: &str) {
    eprintln!("candlecheck: {progress}");
}
