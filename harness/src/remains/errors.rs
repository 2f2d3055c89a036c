//! What a failure's body must not say.

/// Words of a stack trace, or of a program's own types.
pub(super) const TRACES: &[&str] = &[
    "panicked",
    "stack backtrace",
    "RUST_BACKTRACE",
    "Traceback",
    "thread '",
    "goroutine ",
    "unwrap()",
    ".rs:",
    "SdkError",
    "ServiceError",
    "Exception",
    "Error {",
    "Err(",
    "Some(",
];

/// Names of what stands behind the server, and of places on its machine.
pub(super) const INTERNALS: &[&str] = &[
    "DynamoDB",
    "dynamodb",
    "Tiingo",
    "tiingo",
    "Finnhub",
    "finnhub",
    "amazonaws",
    "127.0.0.1",
    "localhost",
    "http://",
    "https://",
    "/home/",
    "/root/",
    "/tmp/",
    "/usr/",
    "/var/",
    "src/",
];

/// The first of these words that a body says, with the body.
pub(super) fn said(body: &str, words: &[&str]) -> Option<String> {
    let word = words.iter().find(|word| body.contains(**word))?;
    Some(format!("{word:?} in {body}"))
}
