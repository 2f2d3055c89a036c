//! What a call needs on its way through the proxy.

use std::sync::Arc;

use super::Upstream;
use super::rules::Rules;
use crate::observe::journal::Journal;

/// The proxy without its ends: what faults may use.
pub(super) struct Wire {
    pub(super) upstream: Box<dyn Upstream>,
    pub(super) journal: Journal,
    pub(super) rules: Arc<Rules>,
}
