//! A soak of a moment: it finds nothing on the server as it should be, and on each that leaves something behind what that
//! is.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::PathBuf;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use candlecheck::SEED;
use candlecheck::built::Built;
use candlecheck::soak::{CATCHES, Ended, Soak};
use harness::targets::Target;

fn built() -> Arc<dyn Target> {
    static BUILT: LazyLock<PathBuf> = LazyLock::new(|| Built::build(true).unwrap());
    Built::healthy(&BUILT, env!("CARGO_BIN_EXE_candlecheck").as_ref(), None)
}

/// What a moment's soak of it finds, which waits so long for what does not go.
fn soaked(target: Arc<dyn Target>, patience: Duration) -> Ended {
    let moment = Duration::from_millis(500);
    let soak = Soak { warm_up: moment, time: moment, clients: 60, patience, seed: SEED };
    tokio::runtime::Runtime::new().unwrap().block_on(soak.run(target, |_, _| {})).unwrap()
}

#[test]
fn a_server_that_leaves_nothing_behind_passes() {
    let ended = soaked(built(), Duration::from_secs(60));
    assert!(ended.is_as_before() && ended.tally.requests() > 100, "{ended}");
}

#[test]
fn each_thing_that_is_left_behind_is_found() {
    let found = ["tasks", "file descriptors", "memory"];
    std::thread::scope(|scope| {
        for (defect, found) in CATCHES.into_iter().zip(found) {
            scope.spawn(move || {
                let ended = soaked(built().with_defect(defect).unwrap(), Duration::from_secs(3));
                assert!(ended.kept.iter().any(|kept| kept.starts_with(found)), "{defect}: {ended}");
            });
        }
    });
}
