//! Why there is no container.

/// What came instead of one.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Absence {
    /// Something that it needs is not there, and what to do about it.
    #[error("{0}")]
    Missing(String),
    /// It broke.
    #[error("{0:#}")]
    Broken(#[from] anyhow::Error),
}
