//! The harness judges right: a server that is no cache has failed, a scenario that breaks blames no server, and what
//! a target cannot do is said to be not run.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod impostor;
mod matrix;
mod whole_catalogue;

use std::future::pending;
use std::sync::Arc;

use candlecheck::reference::Reference;
use candlecheck::{SEED, catalogue};
use harness::dynamodb::Tier;
use harness::outcome::{Catch, Outcome};
use harness::providers::Provider;
use harness::run::Trial;
use harness::targets::Target;
use harness::{Lab, LocalBoxFuture, Need, Priority, Scenario, Verdict, expect, ohlc};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::impostor::{Conduct, Impostor};

fn scenario(id: &str) -> &'static Scenario {
    catalogue().into_iter().find(|scenario| scenario.id == id).unwrap()
}

/// What A3 finds out about a server.
fn a3(conduct: Conduct) -> Outcome {
    run(scenario("A3"), &Impostor::who(conduct))
}

#[test]
fn a_server_that_is_no_cache_has_failed() {
    for (conduct, what) in [(Conduct::AnswersEmpty, "X-Cache-Source"), (Conduct::AnswersError, "status")] {
        let outcome = a3(conduct);
        assert!(matches!(&outcome, Outcome::Failed(failure) if failure.what == what), "{conduct:?}: {outcome:?}");
    }
}

#[test]
fn a_server_that_hangs_has_failed() {
    let outcome = a3(Conduct::Hangs);
    assert!(matches!(&outcome, Outcome::Failed(failure) if failure.actual == "silence"), "{outcome:?}");
}

#[test]
fn a_server_that_does_not_start_is_not_blamed() {
    let outcome = a3(Conduct::DoesNotStart);
    assert!(matches!(&outcome, Outcome::SetUpFailed(cause) if cause.contains("it has no table")), "{outcome:?}");
}

#[test]
fn what_a_target_cannot_do_is_not_run() {
    let impostor = Impostor::who(Conduct::AnswersEmpty);
    let outcome = |id| run(scenario(id), &impostor);
    assert_eq!(outcome("A1"), Outcome::NotRun(vec![Need::Clock.to_string()]));
    assert_eq!(outcome("O5"), Outcome::NotRun(vec![Need::Clock.to_string(), Need::Alarms.to_string()]));
}

#[test]
fn a_defect_counts_as_caught_only_by_an_expectation() {
    let caught = |conduct| prove(scenario("A3"), "ticker-case-kept", &Impostor::who(conduct));
    assert!(matches!(caught(Conduct::AnswersEmpty), Catch::Caught(_)));
    assert!(matches!(caught(Conduct::DoesNotStart), Catch::Broken(_)));
    let unknown = prove(scenario("A3"), "no-such-defect", &Reference::healthy());
    assert!(matches!(&unknown, Catch::Broken(cause) if cause.contains("no defect of this name")), "{unknown:?}");
}

#[test]
fn what_a_server_leaves_behind_is_searched_after_every_scenario() {
    // Each scenario is about something else, and passes but for what is found afterwards.
    let leaks = [
        ("A3", "provider-key-logged", "S1"),
        ("A4", "token-in-the-partition-key", "S2"),
        ("S4", "panic-told-with-its-place", "S3"),
        ("G16", "source-path-told", "S4"),
        ("A3", "address-stored-with-the-candle", "S5"),
    ];
    let outcome = |healthy: &Arc<dyn Target>, id, defect| run(scenario(id), &healthy.with_defect(defect).unwrap());
    for (id, defect, found) in leaks {
        let outcome = outcome(&Reference::logging_at("trace"), id, defect);
        assert!(matches!(&outcome, Outcome::Failed(failure) if failure.what.starts_with(found)), "{id} {outcome:?}");
    }
    // What is not logged is not found: the level is the one that was asked for.
    assert_eq!(outcome(&Reference::healthy(), "A3", "provider-key-logged"), Outcome::Passed);
}

#[test]
fn what_a_failed_scenario_s_server_leaves_behind_is_told_besides() {
    let fails = own(|lab| {
        Box::pin(async {
            lab.tiingo.lists("AAPL").since("2020-01-02");
            lab.server().await?.ask(ohlc("AAPL").range("1W")).await?;
            expect("one", 1).is(2)
        })
    });
    let besides = |target: &Arc<dyn Target>| {
        let run = Trial::of(fails, target, &Tier::embedded(), SEED).run();
        assert!(matches!(&run.outcome, Outcome::Failed(failure) if failure.what == "one"), "{run:?}");
        run.besides.map(|besides| besides.what)
    };
    let logging = Reference::logging_at("trace");
    let leaking = logging.with_defect("provider-key-logged").unwrap();
    assert_eq!(besides(&leaking).as_deref(), Some("S1: a secret in a log line"));
    assert_eq!(besides(&logging), None);
}

#[test]
fn a_call_that_a_double_does_not_know_blames_no_server() {
    let asks = own(|lab| {
        Box::pin(async {
            let answer = call(&lab.tiingo, "/tiingo/fundamentals/AAPL/daily").await?;
            expect("the answer", answer).holds("a 200", |answer| answer.starts_with("HTTP/1.1 200 "))
        })
    });
    let outcome = run(asks, &Reference::healthy());
    let told = "the double does not know this call: Tiingo's GET /tiingo/fundamentals/AAPL/daily (its path)";
    assert!(matches!(&outcome, Outcome::SetUpFailed(cause) if cause.contains(told)), "{outcome:?}");
}

/// What a provider answers to a call with the right key.
async fn call(provider: &Provider, path: &str) -> anyhow::Result<String> {
    let mut stream = TcpStream::connect(provider.url().trim_start_matches("http://")).await?;
    let head = "host: localhost\r\nauthorization: Token candlecheck-tiingo-key\r\nconnection: close";
    stream.write_all(format!("GET {path} HTTP/1.1\r\n{head}\r\n\r\n").as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

fn run(scenario: &'static Scenario, target: &Arc<dyn Target>) -> Outcome {
    Trial::of(scenario, target, &Tier::embedded(), SEED).run().outcome
}

fn prove(scenario: &'static Scenario, defect: &'static str, target: &Arc<dyn Target>) -> Catch {
    Trial::of(scenario, target, &Tier::embedded(), SEED).prove(defect).catch
}

/// A scenario that only this test knows.
fn own(run: for<'a> fn(&'a mut Lab) -> LocalBoxFuture<'a, Verdict>) -> &'static Scenario {
    let (priority, requirement, from) = (Priority::P0, "Nothing", &[]);
    let (needs, catches, file) = (&[], &[], file!());
    Box::leak(Box::new(Scenario { id: "Z1", name: "own", priority, requirement, from, needs, catches, run, file }))
}

#[test]
fn a_scenario_that_panics_blames_no_server() {
    let panics = own(|_| Box::pin(async { panic!("out of bounds") }));
    let outcome = run(panics, &Reference::healthy());
    assert!(matches!(&outcome, Outcome::HarnessBroken(cause) if cause.contains("out of bounds")), "{outcome:?}");
}

#[test]
fn a_task_that_is_left_behind_is_found() {
    let leaves = own(|_| {
        Box::pin(async {
            tokio::spawn(pending::<()>());
            Ok(())
        })
    });
    let outcome = run(leaves, &Reference::healthy());
    assert!(
        matches!(&outcome, Outcome::HarnessBroken(cause) if cause.contains("1 tasks are left behind")),
        "{outcome:?}"
    );
}

#[test]
fn a_scenario_that_shows_nothing_wrong_passes() {
    let does_nothing = own(|_| Box::pin(async { Ok(()) }));
    assert_eq!(run(does_nothing, &Reference::healthy()), Outcome::Passed);
}
