//! Two embedded tiers, the right one behind a fault proxy that makes it another.

use harness::dynamodb::Embedded;
use harness::faults::{Call, Fault, FaultProxy, Matching, Next, Reply};
use harness::fidelity::{Accepted, Battery, Finding, Operation, Side, Wire, operations};
use harness::observe::journal::Journal;
use serde_json::Value;

pub(crate) struct World {
    tiers: [Embedded; 2],
    proxy: FaultProxy,
    pub(crate) left: Side,
    pub(crate) right: Side,
}

impl World {
    /// Both sides the same, and named alike or not.
    pub(crate) async fn named(left: &str, right: &str) -> Self {
        let tiers = [Embedded::in_memory(|| 0).unwrap(), Embedded::in_memory(|| 0).unwrap()];
        let proxy = FaultProxy::start(tiers[1].endpoint(), Journal::default(), 1).await.unwrap();
        let open = async |name: &str, url: &str| {
            Side::open(name, name, Wire::to(url).unwrap(), format!("test-{name}")).await.unwrap()
        };
        let (left, right) = (open(left, &tiers[0].endpoint().url).await, open(right, proxy.url()).await);
        Self { tiers, proxy, left, right }
    }

    /// A left and a right side, the right one with this fault.
    pub(crate) async fn with(matching: Matching, fault: impl Fault) -> Self {
        let world = Self::named("one", "other").await;
        world.proxy.inject(matching, fault);
        world
    }

    /// What the operations of these names come to, given what is accepted.
    pub(crate) async fn find(&self, names: &[&str], accepted: &Accepted) -> Vec<Finding> {
        let operations = these(names);
        self.battery(&operations, accepted).run(|_| ()).await
    }

    pub(crate) fn battery<'a>(&'a self, operations: &'a [Operation], accepted: &'a Accepted) -> Battery<'a> {
        Battery { operations, left: &self.left, right: &self.right, accepted }
    }

    pub(crate) async fn end(self) {
        self.proxy.stop().await;
        drop((self.left, self.right));
        for tier in self.tiers {
            tier.stop().await.unwrap();
        }
    }
}

/// The operations of these names, of which there must be as many.
pub(crate) fn these(names: &[&str]) -> Vec<Operation> {
    let found: Vec<_> = operations::all().into_iter().filter(|operation| names.contains(&operation.name)).collect();
    assert_eq!(found.len(), names.len(), "{names:?}");
    found
}

/// Changes the JSON of every answer.
pub(crate) struct Changed(pub(crate) fn(&mut Value));

impl Fault for Changed {
    async fn meet(&self, call: Call, onward: Next<'_>) -> Reply {
        onward.applied("another answer");
        onward.forward(call).await.map(|answer| {
            let mut body = answer.json();
            (self.0)(&mut body);
            answer.with_body(body.to_string())
        })
    }
}
