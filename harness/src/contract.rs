//! What both sides of a lab go by, the servers and those who ask them.

/// The token that scenarios log in with.
pub const TOKEN: &str = "candlecheck-reader-token";
/// The token that may invalidate.
pub const ADMIN_TOKEN: &str = "candlecheck-admin-token";
