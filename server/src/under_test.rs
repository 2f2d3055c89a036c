//! A process under test: what it says of itself, whose calendar it follows, and with whom it ends. Compiled in by the
//! feature `test-controls`, and used by the program that has a name of its own for it.

use std::io::Read;
use std::path::PathBuf;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;

use chrono::{DateTime, Utc};

use crate::clock::{Clock, SystemClock};
use crate::settings::Environment;

/// Names the file that says what time it is, as RFC 3339.
const CLOCK_FILE: &str = "OHLC_TEST_CLOCK_FILE";
/// When it is set, the process ends with its standard input: at once, and whatever it does.
const ENDS_WITH_STDIN: &str = "OHLC_TEST_ENDS_WITH_STDIN";

/// Says `yes` where a process under test may start though it was built for production, to be tested as it will be.
const ALLOWED: &str = "OHLC_TEST_CONTROLS";

/// Says what this process is, to whoever reads its standard error.
///
/// # Errors
/// When it was built for production, and nobody says that it is meant for tests all the same.
pub(crate) fn announce(environment: &Environment, for_production: bool) -> Result<(), String> {
    if for_production && environment.get(ALLOWED) != Some("yes") {
        return Err(format!(
            "this is the server for tests, which anybody may control: use ohlc-server, or set {ALLOWED}=yes"
        ));
    }
    eprintln!("ohlc-server: this is the server for tests: whoever reaches it controls it, without a token");
    Ok(())
}

/// The clock of this environment: the machine's, unless it names a file.
///
/// # Errors
/// When the file does not tell the time.
pub(crate) fn clock(environment: &Environment) -> Result<Arc<dyn Clock>, String> {
    let Some(path) = environment.get(CLOCK_FILE) else { return Ok(Arc::new(SystemClock)) };
    let clock = ClockFile { path: path.into(), last: AtomicI64::default() };
    let now = clock.read().ok_or_else(|| format!("{CLOCK_FILE}: {path} holds no time like 2026-02-03T22:00:00Z"))?;
    clock.last.store(now.timestamp_micros(), Ordering::Relaxed);
    Ok(Arc::new(clock))
}

/// Lets this process die with whoever holds the other end of its standard input, if the environment says so: whoever
/// started it for a test may be killed, and then nobody else would end it.
pub(crate) fn end_with_stdin(environment: &Environment) {
    if environment.get(ENDS_WITH_STDIN).is_none() {
        return;
    }
    thread::spawn(|| {
        let mut stdin = std::io::stdin();
        while stdin.read(&mut [0; 64]).is_ok_and(|count| count > 0) {}
        process::exit(1);
    });
}

/// A clock that is read anew at every look: whoever writes the file knows that each later look, by any process, sees
/// what he wrote. A message would be on its way while the server goes on.
struct ClockFile {
    path: PathBuf,
    /// What it said last, for the moment in which somebody takes the file away.
    last: AtomicI64,
}

impl ClockFile {
    fn read(&self) -> Option<DateTime<Utc>> {
        // Blocks for some microseconds, which a process under test can afford.
        let text = std::fs::read_to_string(&self.path).ok()?;
        Some(DateTime::parse_from_rfc3339(text.trim()).ok()?.with_timezone(&Utc))
    }
}

impl Clock for ClockFile {
    fn now(&self) -> DateTime<Utc> {
        if let Some(now) = self.read() {
            self.last.store(now.timestamp_micros(), Ordering::Relaxed);
        }
        DateTime::from_timestamp_micros(self.last.load(Ordering::Relaxed)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::announce;
    use crate::settings::Environment;

    #[test]
    fn what_was_built_for_production_starts_only_when_it_is_told_to() {
        let told = |value: &str| Environment::from_iter([("OHLC_TEST_CONTROLS", value)]);
        for environment in [Environment::default(), told(""), told("no"), told("YES")] {
            let refusal = announce(&environment, true).unwrap_err();
            assert!(refusal.contains("use ohlc-server") && refusal.contains("OHLC_TEST_CONTROLS=yes"), "{refusal}");
            assert_eq!(announce(&environment, false), Ok(()));
        }
        assert_eq!(announce(&told("yes"), true), Ok(()));
    }
}
