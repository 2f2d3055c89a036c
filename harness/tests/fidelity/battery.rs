//! The battery as a whole.

use std::collections::BTreeSet;

use harness::fidelity::{Accepted, Outcome, Purpose, operations};

use crate::world::World;

#[test]
fn operations_are_many_named_once_and_ask_something() {
    let all = operations::all();
    let names: BTreeSet<&str> = all.iter().map(|operation| operation.name).collect();
    assert!(all.len() >= 60, "only {}", all.len());
    assert_eq!(names.len(), all.len(), "a name is there twice");
    for operation in all {
        let kebab = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        assert!(operation.name.chars().all(kebab), "{} is not in kebab case", operation.name);
        let steps = (operation.steps)();
        assert!(steps.iter().any(|step| step.purpose != Purpose::Given), "{} asks nothing", operation.name);
    }
}

#[tokio::test]
async fn a_side_agrees_wholly_with_itself() {
    let world = World::named("one", "other").await;
    let (all, accepted) = (operations::all(), Accepted::default());
    let findings = world.battery(&all, &accepted).run(|_| ()).await;
    for finding in &findings {
        assert_eq!(finding.outcome, Outcome::Agree, "{}", finding.operation.name);
    }
    assert_eq!(findings.len(), all.len());
    world.left.clean_up().await.unwrap();
    world.right.clean_up().await.unwrap();
    world.end().await;
}

#[tokio::test]
async fn progress_is_told_operation_by_operation() {
    let world = World::named("one", "other").await;
    let told = std::cell::RefCell::new(Vec::new());
    let operations = crate::world::these(&["put-new", "query-empty"]);
    let accepted = Accepted::default();
    world.battery(&operations, &accepted).run(|finding| told.borrow_mut().push(finding.operation.name)).await;
    assert_eq!(told.into_inner(), ["put-new", "query-empty"]);
    world.end().await;
}
