//! The catalogue: one folder a category, one file a scenario. Link this crate in, and
//! [`Scenario::all`](harness::Scenario::all) knows them all.
//!
//! Nothing here can see a server's code: this crate depends on the harness alone.

mod a_cache_keys;
mod b_data_integrity;
mod breaker;
mod c_timing_and_ttl;
mod ceiling;
mod d_races;
mod e_dependency_failures;
mod expiry;
mod f_state;
mod g_edge_cases;
mod key_file;
mod layers;
mod locks;
mod m_alerting_metrics;
mod metrics;
mod o_observability;
mod r_regressions;
mod s_security;
mod tickers;

/// Keeps the scenarios linked in, which nobody calls by name.
pub fn link() {}
