//! DynamoDB refuses, with any of its errors.

use hyper::StatusCode;
use serde_json::json;

use super::{Answer, Call, Fault, Next, Reply};

/// An error instead of the call, which never reaches DynamoDB.
#[derive(Debug, Clone)]
pub struct ErrorAnswer {
    status: StatusCode,
    kind: &'static str,
    message: &'static str,
}

impl ErrorAnswer {
    /// Too many requests for the table's capacity.
    pub fn throttled() -> Self {
        Self::of(
            "ProvisionedThroughputExceededException",
            StatusCode::BAD_REQUEST,
            "The level of configured provisioned throughput for the table was exceeded. \
             Consider increasing your provisioning level with the UpdateTable API.",
        )
    }

    /// DynamoDB is broken for the moment.
    pub fn internal() -> Self {
        Self::of("InternalServerError", StatusCode::INTERNAL_SERVER_ERROR, "Internal server error")
    }

    /// The credentials that signed the call have expired.
    pub fn expired_credentials() -> Self {
        Self::of(
            "ExpiredTokenException",
            StatusCode::BAD_REQUEST,
            "The security token included in the request is expired",
        )
    }

    /// The table does not exist.
    pub fn no_such_table() -> Self {
        Self::of("ResourceNotFoundException", StatusCode::BAD_REQUEST, "Requested resource not found")
    }

    /// Any error, in the API's own words.
    pub fn of(kind: &'static str, status: StatusCode, message: &'static str) -> Self {
        Self { status, kind, message }
    }
}

impl Fault for ErrorAnswer {
    async fn meet(&self, _call: Call, next: Next<'_>) -> Reply {
        next.applied(format!("{} ({})", self.kind, self.status.as_u16()));
        let kind = format!("com.amazonaws.dynamodb.v20120810#{}", self.kind);
        Answer::new(self.status, &json!({ "__type": kind, "message": self.message })).into()
    }
}
