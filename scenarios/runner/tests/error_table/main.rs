//! Every row of the contract's error table over HTTP: status, code, field, a sentence that says what to do, and
//! nothing stored or lost by it.

mod bad_requests;
mod bodies;
mod credentials;
mod defects_of_ours;
mod providers_fail;
mod refusal;
mod request_ids;
mod routes;
mod windows;
