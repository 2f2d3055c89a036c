//! Every scenario finds a server wrong that is no cache at all, blames it, and comes to an end.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use candlecheck::{SEED, catalogue};
use harness::dynamodb::Tier;
use harness::outcome::{Entry, Outcome};
use harness::run::Plan;

use crate::impostor::{Conduct, Impostor};

/// A scenario waits ten seconds for a thing that never comes, and for no second one.
const BOUND: Duration = Duration::from_secs(60);

/// What the whole catalogue finds out about such a server.
fn judged(conduct: Conduct) -> Vec<Entry> {
    let target = Impostor::who_claims_everything(conduct);
    // Most of them only wait, so there may be many.
    Plan { scenarios: catalogue(), target, tier: Arc::new(Tier::embedded()), seed: SEED, proofs: false, jobs: 40 }
        .run(|_| {})
}

#[test]
#[ignore = "takes long: cargo test -- --include-ignored"]
fn a_server_that_is_no_cache_fails_every_scenario_in_bounded_time() {
    let conducts = [Conduct::AnswersEmpty, Conduct::AnswersTheSame, Conduct::AnswersError, Conduct::Hangs];
    let all: Vec<(Conduct, Vec<Entry>)> = thread::scope(|scope| {
        let judges = conducts.map(|conduct| (conduct, scope.spawn(move || judged(conduct))));
        judges.into_iter().map(|(conduct, judge)| (conduct, judge.join().unwrap())).collect()
    });
    for (conduct, entries) in all {
        assert_eq!(entries.len(), catalogue().len());
        let slow: Vec<_> =
            entries.iter().filter(|entry| entry.run.took > BOUND).map(|entry| entry.scenario.id).collect();
        assert_eq!(slow, [""; 0], "{conduct:?}");
        let others = entries.iter().filter(|entry| !matches!(entry.run.outcome, Outcome::Failed(_)));
        let others: Vec<String> =
            others.map(|entry| format!("{}: {:?}", entry.scenario.id, entry.run.outcome)).collect();
        assert_eq!(others, [""; 0], "{conduct:?}");
    }
}
