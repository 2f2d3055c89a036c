//! The dashboard of this source: built with Node when the build is missing or older than its source, then read.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::SystemTime;

use anyhow::Context;
use ohlc_server::http::dashboard::Dashboard;

/// The page's source, in the workspace that this command was built from.
const WEB: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../server/web");
/// What a build is made of, in that folder.
const SOURCES: [&str; 5] = ["index.html", "package-lock.json", "src", "tsconfig.json", "vite.config.ts"];
const BY_HAND: &str = "run `npm ci && npm run build` in server/web, then start `candlecheck serve` again";

/// The page, or what to do about its not being there: the server goes on without it.
pub(super) async fn of_the_source() -> anyhow::Result<Dashboard> {
    let built = tokio::task::spawn_blocking(|| built(Path::new(WEB))).await.context("building the dashboard")?;
    Ok(match built {
        Ok(()) => {
            let read = Dashboard::read(&Path::new(WEB).join("dist")).await;
            read.unwrap_or_else(|unreadable| Dashboard::Missing(unreadable.to_string()))
        }
        Err(advice) => Dashboard::Missing(advice),
    })
}

/// Sees to it that `dist` is there and up to date. Progress goes to standard error.
///
/// # Errors
/// What to do, when it cannot.
fn built(web: &Path) -> Result<(), String> {
    let source = newest(web, &SOURCES)
        .map_err(|_| format!("its source is not in {WEB}, where this command was built; run it from a checkout"))?;
    let is_newer =
        |path: &str| fs::metadata(web.join(path)).and_then(|file| file.modified()).is_ok_and(|at| at >= source);
    if is_newer("dist/index.html") {
        return Ok(());
    }
    eprintln!("candlecheck: building the dashboard");
    let installed = newest(web, &["node_modules/.package-lock.json"]);
    if installed.is_err() || newest(web, &["package-lock.json"]).ok() > installed.ok() {
        npm(web, &["ci", "--no-audit", "--no-fund"])?;
    }
    npm(web, &["run", "build"])
}

/// When the last of these files was changed.
fn newest(web: &Path, names: &[&str]) -> io::Result<SystemTime> {
    let times: io::Result<Vec<_>> = names.iter().map(|name| changed(&web.join(name))).collect();
    times?.into_iter().max().ok_or_else(|| io::ErrorKind::NotFound.into())
}

/// When a file, or the last of a folder's files, was changed.
fn changed(path: &Path) -> io::Result<SystemTime> {
    let metadata = fs::metadata(path)?;
    let mut latest = metadata.modified()?;
    if metadata.is_dir() {
        for entry in fs::read_dir(path)? {
            latest = latest.max(changed(&entry?.path())?);
        }
    }
    Ok(latest)
}

fn npm(web: &Path, arguments: &[&str]) -> Result<(), String> {
    let mut command = Command::new("npm");
    command.current_dir(web).args(arguments).stdin(Stdio::null()).stdout(io::stderr());
    let ended = command.status();
    match ended {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(format!("`npm {}` failed: see what it said above, or {BY_HAND}", arguments.join(" "))),
        Err(_) => {
            Err(format!("Node is not there: install Node 20.19 or newer from https://nodejs.org; then {BY_HAND}"))
        }
    }
}
