//! Properties: a scenario's statement held against many generated cases, and the smallest one that breaks it.

use std::fmt::Debug;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::lab::Lab;
use crate::verdict::{Failure, Stop, Verdict};

/// How many steps towards a smaller case are taken at most.
const SHRINKING: usize = 60;

/// Holds `check` against `cases` values of the strategy, which the lab's seed repeats. A failure names the smallest
/// case that was found.
///
/// # Errors
/// As `check` ends for that case.
pub async fn for_all<S: Strategy>(
    lab: &mut Lab,
    cases: usize,
    strategy: S,
    mut check: impl AsyncFnMut(&mut Lab, S::Value) -> Verdict,
) -> Verdict
where
    S::Value: Debug + Clone,
{
    let mut runner = TestRunner::new_with_rng(Config::default(), rng(lab.seed));
    for _ in 0..cases {
        let case = strategy.new_tree(&mut runner);
        let mut case = case.map_err(|reason| Stop::Broken(format!("no case could be generated: {reason}")))?;
        let Err(stop) = check(lab, case.current()).await else { continue };
        let Stop::Failed(mut failure) = stop else { return Err(stop) };
        let mut smallest = case.current();
        let mut smaller = case.simplify();
        for _ in 0..SHRINKING {
            if !smaller {
                break;
            }
            smaller = match check(lab, case.current()).await {
                Err(Stop::Failed(again)) => {
                    (failure, smallest) = (again, case.current());
                    case.simplify()
                }
                _ => case.complicate(),
            };
        }
        let Failure { what, expected, actual } = failure;
        return Err(Stop::Failed(Failure { what: format!("{what}, for {smallest:?}"), expected, actual }));
    }
    Ok(())
}

/// proptest's generator wants 32 bytes.
fn rng(seed: u64) -> TestRng {
    TestRng::from_seed(RngAlgorithm::ChaCha, &seed.to_le_bytes().repeat(4))
}
