//! The fault proxy on the DynamoDB wire: it stands between a server and its table and knows the operations.
//!
//! A scenario says which calls a fault is for, and which fault:
//!
//! ```no_run
//! # use harness::faults::{FaultProxy, PartialBatch, on};
//! # fn scenario(proxy: &FaultProxy) {
//! proxy.inject(on("BatchWriteItem").first(1), PartialBatch::keeping(10));
//! let gate = proxy.hold(on("PutItem").sk("LOCK"));
//! # }
//! ```
//!
//! One fault per file, [`Noop`] being the reference; `docs/adding-a-fault.md` tells how to add one. Faults that
//! are for the same call meet it in the order in which they were injected.

mod access;
mod answer;
mod bad_body;
mod call;
mod connection;
mod drop_connection;
mod empty_pages;
mod error_answer;
mod fault;
mod hold;
mod hold_reply;
mod key_condition;
mod latency;
mod lost_reply;
mod matching;
mod next;
mod noop;
mod notation;
mod partial_batch;
mod proxy;
mod replica_lag;
mod rules;
mod sort_keys;
mod tasks;
mod truncated_pages;
mod upstream;
mod wire;

pub use access::Access;
pub use answer::{Answer, Reply};
pub use bad_body::BadBody;
pub use call::Call;
pub use connection::Connection;
pub use drop_connection::DropConnection;
pub use empty_pages::EmptyPages;
pub use error_answer::ErrorAnswer;
pub use fault::Fault;
pub use hold::Hold;
pub use hold_reply::HoldReply;
pub use latency::Latency;
pub use lost_reply::LostReply;
pub use matching::{Matching, everything, on};
pub use next::Next;
pub use noop::Noop;
pub use notation::Notation;
pub use partial_batch::PartialBatch;
pub use proxy::FaultProxy;
pub use replica_lag::{LaggingReplica, ReplicaLag};
pub use rules::Injected;
pub use sort_keys::SortKeys;
pub use truncated_pages::TruncatedPages;
pub use upstream::Upstream;
