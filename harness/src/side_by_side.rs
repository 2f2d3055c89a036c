//! Work that is done side by side, and its results in order.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Does `work` for each turn below `count`, `jobs` of them at a time. A turn begins when one before it is done.
pub(crate) fn side_by_side<T: Send>(count: usize, jobs: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(count));
    let take_turns = || {
        loop {
            let turn = next.fetch_add(1, Ordering::Relaxed);
            if turn >= count {
                return;
            }
            let result = work(turn);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((turn, result));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            scope.spawn(take_turns);
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(turn, _)| *turn);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::side_by_side;

    #[test]
    fn results_come_in_the_order_of_their_turns() {
        for (count, jobs) in [(0, 4), (1, 4), (100, 4), (3, 0)] {
            let results = side_by_side(count, jobs, |turn| turn * turn);
            assert_eq!(results, (0..count).map(|turn| turn * turn).collect::<Vec<_>>(), "{count} by {jobs}");
        }
    }
}
