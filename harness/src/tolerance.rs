//! Bands of time, where a scenario cannot do without: as wide as this machine needs.

use std::sync::LazyLock;
use std::time::Duration;

/// What every band is multiplied by: `CI_TOLERANCE_FACTOR`, 1 when it is not set.
static FACTOR: LazyLock<Result<u32, String>> = LazyLock::new(|| {
    #[expect(clippy::disallowed_methods, reason = "about this machine, not about a server")]
    let factor = std::env::var("CI_TOLERANCE_FACTOR").unwrap_or_else(|_| "1".into());
    factor.parse().ok().filter(|factor| (1..=100).contains(factor)).ok_or_else(|| {
        format!("CI_TOLERANCE_FACTOR={factor} is not a valid factor: give a whole number from 1 to 100, by which bands of time widen")
    })
});

/// The factor by which every band of time is widened.
///
/// # Errors
/// When `CI_TOLERANCE_FACTOR` is not a valid factor, with what it should be.
pub fn tolerance() -> Result<u32, String> {
    FACTOR.clone()
}

/// So many milliseconds, widened; as a setting: `400ms`.
pub fn milliseconds(count: u32) -> String {
    format!("{}ms", band(count).as_millis())
}

/// So many milliseconds, widened.
pub fn band(milliseconds: u32) -> Duration {
    // One that is malformed was refused before anything ran.
    Duration::from_millis(milliseconds.into()) * tolerance().unwrap_or(1)
}
