//! Why a provider gave no candles, and what becomes of that.

use std::time::Duration;

use crate::error::Failure;
use crate::request::Resolution;

/// Why a provider gave no candles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// It does not know the ticker.
    #[error("unknown ticker")]
    UnknownTicker,
    /// It limits the rate, and is to be left alone for so long.
    #[error("rate limited")]
    RateLimited(Duration),
    /// It refuses our key, also after the key was read again.
    #[error("key refused")]
    Unauthorized,
    /// Our plan does not include this.
    #[error("not in our plan")]
    NotInPlan,
    /// It failed, was unreachable, or answered what cannot be read.
    #[error("failed")]
    Failed,
    /// It took too long.
    #[error("timeout")]
    TimedOut,
}

/// Why an answer that says it succeeded cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is not what the provider's documents say.
    NotAsAgreed,
    /// It has more bytes or rows than may be.
    TooLarge,
}

impl Unread {
    /// How it is counted.
    pub(super) fn status(self) -> &'static str {
        match self {
            Self::NotAsAgreed => "unreadable",
            Self::TooLarge => "too_large",
        }
    }
}

/// What a client is told when no provider gave candles: what to do, and nothing about whom we asked.
pub fn failure(problem: ProviderError, ticker: &str, retry_after: Duration) -> Failure {
    match problem {
        ProviderError::UnknownTicker => Failure::UnknownTicker { ticker: ticker.to_owned() },
        ProviderError::RateLimited(pause) => Failure::RateLimited { retry_after: pause },
        ProviderError::Unauthorized | ProviderError::NotInPlan | ProviderError::Failed | ProviderError::TimedOut => {
            Failure::Unavailable { retry_after }
        }
    }
}

/// Whether the other provider may do better. A ticker without daily candles is unknown: that is an answer, not a failure.
pub fn falls_back(failed: ProviderError, resolution: Resolution) -> bool {
    failed != ProviderError::UnknownTicker || resolution != Resolution::Day
}
