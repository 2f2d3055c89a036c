//! How a decision of the specification is declared: beside the code that goes by it, as one field of its station's
//! policy. A policy is a value, so whoever composes the server may hand over another one.
//!
//! Law of admission, held by a test: a decision that is a function shows two inputs with two results; one that is a value
//! has a setting, or names what else it could be. What always gives the same is no decision.

mod bytes;
mod declaration;
mod value;

pub use self::bytes::Bytes;
pub(crate) use self::declaration::policy;
pub use self::declaration::{Decision, Policy, Set, Setting};
pub use self::value::{Settable, Value};
