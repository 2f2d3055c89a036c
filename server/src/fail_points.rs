//! Fail points: places where a test lets the server go wrong as no rule could, with a panic or an error of its own.
//! Compiled in by the feature `test-controls`; without it they are nothing.

use crate::error::Failure;

/// A place that may fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// A request, once it is admitted.
    Request,
    /// The task that looks an answer up.
    LookUp,
    /// The task that writes what was fetched.
    Write,
}

#[cfg(not(feature = "test-controls"))]
pub(crate) use self::absent::FailPoints;
#[cfg(feature = "test-controls")]
pub(crate) use self::present::FailPoints;

#[cfg(not(feature = "test-controls"))]
mod absent {
    use super::{Failure, Place};

    /// No fail points.
    #[derive(Debug, Default)]
    pub(crate) struct FailPoints {}

    impl FailPoints {
        #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "as where they are present")]
        pub(crate) fn pass(&self, _place: Place) -> Result<(), Failure> {
            Ok(())
        }
    }
}

#[cfg(feature = "test-controls")]
mod present {
    use std::panic::resume_unwind;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::{Mutex, PoisonError};

    use super::{Failure, Place};

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    enum Way {
        Panic,
        Error,
    }

    /// The fail points of one instance.
    #[derive(Debug, Default)]
    pub(crate) struct FailPoints {
        /// Asked first, because every request passes, and would wait for the others at the lock.
        any: AtomicBool,
        fault: Mutex<Option<(Place, Way)>>,
    }

    impl FailPoints {
        /// Sets the one place that fails, and the way; with none, nothing fails.
        ///
        /// # Errors
        /// When there is no such place or way, with those that there are.
        pub(crate) fn tell(&self, fault: Option<(&str, &str)>) -> Result<(), String> {
            let set = match fault {
                None => None,
                Some((place, way)) => Some((place_of(place)?, way_of(way)?)),
            };
            *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = set;
            self.any.store(set.is_some(), Ordering::Release);
            Ok(())
        }

        pub(crate) fn pass(&self, place: Place) -> Result<(), Failure> {
            if !self.any.load(Ordering::Acquire) {
                return Ok(());
            }
            let set = *self.fault.lock().unwrap_or_else(PoisonError::into_inner);
            match set.filter(|(at, _)| *at == place) {
                None => Ok(()),
                Some((_, Way::Error)) => Err(Failure::Internal),
                // As any panic, but that it is not told on standard error: it was asked for.
                Some((_, Way::Panic)) => resume_unwind(Box::new("a fail point")),
            }
        }
    }

    fn place_of(word: &str) -> Result<Place, String> {
        match word {
            "request" => Ok(Place::Request),
            "look-up" => Ok(Place::LookUp),
            "write" => Ok(Place::Write),
            _ => Err(format!("no fail point {word:?}: there are request, look-up and write")),
        }
    }

    fn way_of(word: &str) -> Result<Way, String> {
        match word {
            "panic" => Ok(Way::Panic),
            "error" => Ok(Way::Error),
            _ => Err(format!("no way to fail {word:?}: there are panic and error")),
        }
    }
}
