//! The catalogue: one folder a category, one file a scenario. Link this crate in, and
//! [`Scenario::all`](harness::Scenario::all) knows them all.
//!
//! Nothing here can see a server's code: this crate depends on the harness alone.

mod a_cache_keys;
mod b_data_integrity;
mod c_timing_and_ttl;
mod d_races;
mod e_dependency_failures;
mod f_state;
mod g_edge_cases;
mod m_alerting_metrics;
mod o_observability;
mod r_regressions;
mod s_security;
pub mod specification;
mod vocabulary;

/// Keeps the scenarios linked in, which nobody calls by name.
pub fn link() {}
