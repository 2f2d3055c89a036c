//! What can go wrong with a tier.

/// Why there is no tier.
#[derive(Debug, thiserror::Error)]
pub enum TierError {
    /// Something that it needs is not there, and what to do about it.
    #[error("{0}")]
    NotThere(String),
    /// It broke.
    #[error("{0:#}")]
    Broken(#[from] anyhow::Error),
}
