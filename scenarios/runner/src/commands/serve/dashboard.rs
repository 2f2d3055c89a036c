//! The dashboard of this source: built with Node when the build is missing or older than its source, then read.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::SystemTime;

use anyhow::Context;
use ohlc_server::http::dashboard::{Dashboard, is_inside};

/// The page's source, in the workspace that this command was built from.
const WEB: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../server/web");
/// What a build is made of, in that folder.
const SOURCES: [&str; 5] = ["index.html", "package-lock.json", "src", "tsconfig.json", "vite.config.ts"];
const BY_HAND: &str = "run `npm ci && npm run build` in server/web, then start `candlecheck serve` again";

/// The page, or what to do about its not being there: the server goes on without it.
pub(super) async fn of_the_source() -> anyhow::Result<Dashboard> {
    let built = tokio::task::spawn_blocking(|| built(Path::new(WEB), Path::new("npm")))
        .await
        .context("building the dashboard")?;
    Ok(match built {
        Ok(()) => {
            let read = Dashboard::read(&Path::new(WEB).join("dist"), &is_inside).await;
            read.unwrap_or_else(|unreadable| Dashboard::Missing(unreadable.to_string()))
        }
        Err(advice) => Dashboard::Missing(advice),
    })
}

/// Sees to it that `dist` is there and up to date. Progress goes to standard error.
///
/// # Errors
/// What to do, when it cannot.
fn built(web: &Path, npm: &Path) -> Result<(), String> {
    let source = newest(web, &SOURCES).map_err(|_| {
        format!("its source is not in {}, where this command was built; run it from a checkout", web.display())
    })?;
    let is_newer =
        |path: &str| fs::metadata(web.join(path)).and_then(|file| file.modified()).is_ok_and(|at| at >= source);
    if is_newer("dist/index.html") {
        return Ok(());
    }
    eprintln!("candlecheck: building the dashboard");
    let installed = newest(web, &["node_modules/.package-lock.json"]);
    if installed.is_err() || newest(web, &["package-lock.json"]).ok() > installed.ok() {
        run(npm, web, &["ci", "--no-audit", "--no-fund"])?;
    }
    run(npm, web, &["run", "build"])
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

fn run(npm: &Path, web: &Path, arguments: &[&str]) -> Result<(), String> {
    let mut command = Command::new(npm);
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::path::{Path, PathBuf};
    use std::time::{Duration, SystemTime};

    use tempfile::TempDir;

    use super::built;

    /// A page's source, and an npm that notes what it is asked and builds when it is asked to.
    fn source() -> (TempDir, PathBuf) {
        let web = tempfile::tempdir().unwrap();
        fs::create_dir_all(web.path().join("src/chart")).unwrap();
        for file in ["index.html", "package-lock.json", "src/chart/bars.ts", "tsconfig.json", "vite.config.ts"] {
            fs::write(web.path().join(file), "").unwrap();
        }
        let npm = web.path().join("npm");
        let script = "#!/bin/sh\necho \"$@\" >> asked\n\
            case $1 in ci) mkdir -p node_modules; touch node_modules/.package-lock.json;; \
            run) mkdir -p dist; touch dist/index.html;; esac\n";
        fs::write(&npm, script).unwrap();
        fs::set_permissions(&npm, fs::Permissions::from_mode(0o755)).unwrap();
        (web, npm)
    }

    fn asked(web: &Path) -> Vec<String> {
        let asked = fs::read_to_string(web.join("asked")).unwrap_or_default();
        asked.lines().map(str::to_owned).collect()
    }

    /// As if it had been saved an hour later.
    fn save_later(path: &Path) {
        fs::File::open(path).unwrap().set_modified(now() + Duration::from_secs(3600)).unwrap();
    }

    fn now() -> SystemTime {
        tempfile::tempfile().and_then(|file| file.metadata()?.modified()).unwrap()
    }

    #[test]
    fn it_is_built_when_the_build_is_missing_or_old_and_at_no_other_time() {
        let (web, npm) = source();
        let web = web.path();
        assert_eq!(built(web, &npm), Ok(()));
        assert_eq!(asked(web), ["ci --no-audit --no-fund", "run build"]);
        assert_eq!(built(web, &npm), Ok(()));
        assert_eq!(asked(web).len(), 2, "it is up to date");
        save_later(&web.join("src/chart/bars.ts"));
        assert_eq!(built(web, &npm), Ok(()));
        assert_eq!(asked(web)[2..], ["run build"], "what is installed still fits");
        save_later(&web.join("package-lock.json"));
        assert_eq!(built(web, &npm), Ok(()));
        assert_eq!(asked(web)[3..], ["ci --no-audit --no-fund", "run build"]);
    }

    #[test]
    fn without_node_it_says_what_to_install_and_how_to_build() {
        let (web, _) = source();
        let advice = built(web.path(), Path::new("/nowhere/npm")).unwrap_err();
        assert!(advice.contains("https://nodejs.org") && advice.contains("npm ci && npm run build"), "{advice}");
    }

    #[test]
    fn without_its_source_it_says_where_it_looked() {
        let advice = built(Path::new("/nowhere"), Path::new("npm")).unwrap_err();
        assert!(advice.contains("/nowhere") && advice.contains("from a checkout"), "{advice}");
    }

    #[test]
    fn a_build_that_fails_names_the_command() {
        let (web, npm) = source();
        fs::write(&npm, "#!/bin/sh\nexit 1\n").unwrap();
        let advice = built(web.path(), &npm).unwrap_err();
        assert!(advice.contains("`npm ci --no-audit --no-fund` failed"), "{advice}");
    }
}
