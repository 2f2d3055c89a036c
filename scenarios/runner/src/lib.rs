//! Candlecheck: the one crate that knows the harness, the scenarios and the reference server.

mod broken;
pub mod built;
pub mod defects;
pub mod reference;
pub mod soak;

use harness::Scenario;
use ohlc_server::Policies;
use ohlc_server::settings::Environment;

/// The catalogue, with every scenario linked in.
pub fn catalogue() -> Vec<&'static Scenario> {
    scenarios::link();
    Scenario::all()
}

/// What a run is repeated with when nobody names a seed.
pub const SEED: u64 = 20_260_203;

/// How many scenarios run side by side when nobody says: four for each processor, because they wait more than they work.
pub fn jobs() -> usize {
    4 * std::thread::available_parallelism().map_or(1, usize::from)
}

/// What stands before the name of a test that takes more than a few seconds. Such tests wait until they are asked for, so
/// that `cargo test` is done in half a minute.
pub const TAKES_LONG: &str = "takes long: cargo test -- --include-ignored";

/// Whether a test that cannot run has failed, and is not merely not run: with `CI=true`.
pub fn in_ci() -> bool {
    Environment::of_process().get("CI") == Some("true")
}

/// The settings that change a decision of the reference server.
pub fn duration_settings() -> impl Iterator<Item = &'static str> {
    Policies::default().decisions().into_iter().filter_map(|decision| decision.setting)
}

/// The catalogue as a table in Markdown.
pub fn markdown_catalogue() -> String {
    let mut out = String::from("| ID | | What must hold | Defects it catches |\n|---|---|---|---|\n");
    for scenario in catalogue() {
        let Scenario { id, requirement, catches, .. } = scenario;
        out.push_str(&format!("| {id} | {} | {requirement} | {} |\n", scenario.priority, catches.join(", ")));
    }
    out
}
