//! Category H as tests: each scenario in each browser by its own name, `chromium::h1_…`, run by Playwright in one go.
//!
//! It takes minutes, and waits until it is asked for. Without Node, or without what `npm ci` installs, it is not run, and
//! the reason is told; with CI=true that is a failure.

mod playwright;

use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

use candlecheck::{TAKES_LONG, in_ci};
use libtest_mimic::{Arguments, Completion, Failed, Trial};

use crate::playwright::{Found, Outcome, Playwright, Report};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    if !arguments.include_ignored && !arguments.ignored {
        let waits = Trial::test("category_h", || Err("it was not asked for".into()))
            .with_kind(TAKES_LONG)
            .with_ignored_flag(true);
        return libtest_mimic::run(&arguments, vec![waits]).exit_code();
    }
    let playwright = Playwright::here();
    let found = match playwright.list() {
        Ok(found) => found,
        Err(reason) => return libtest_mimic::run(&arguments, vec![not_run(reason)]).exit_code(),
    };
    let run = Arc::new(Run { playwright, selected: OnceLock::new(), report: OnceLock::new() });
    let trials: Vec<Trial> = found.iter().map(|found| trial(found.clone(), &run)).collect();
    let selected = found.into_iter().zip(&trials).filter(|(_, trial)| !arguments.is_filtered_out(trial));
    // Nobody has set it before.
    let _ = run.selected.set(selected.map(|(found, _)| found).collect());
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// The one run of Playwright that all tests share.
struct Run {
    playwright: Playwright,
    selected: OnceLock<Vec<Found>>,
    report: OnceLock<Result<Report, String>>,
}

impl Run {
    /// What became of a scenario in a browser. The first who asks runs all that are selected.
    fn outcome(&self, found: &Found) -> Result<Outcome, Failed> {
        let selected = self.selected.get().map(Vec::as_slice).unwrap_or_default();
        let report = self.report.get_or_init(|| self.playwright.run(selected)).as_ref()?;
        report.outcome(found).cloned().ok_or_else(|| "Playwright does not tell what became of it".into())
    }
}

fn trial(found: Found, run: &Arc<Run>) -> Trial {
    let run = Arc::clone(run);
    Trial::ignorable_test(found.test_name(), move || match run.outcome(&found)? {
        Outcome::Passed => Ok(Completion::Completed),
        Outcome::NotRun(reason) => Ok(Completion::ignored_with(reason)),
        Outcome::Failed(message) => Err(message.into()),
    })
}

/// The category as one test, which tells why there are no others.
fn not_run(reason: String) -> Trial {
    Trial::ignorable_test("category_h", move || match in_ci() {
        true => Err(reason.into()),
        false => Ok(Completion::ignored_with(reason)),
    })
}
