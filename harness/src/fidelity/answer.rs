//! What a side answers, in the parts that are compared.

use serde_json::Value;

/// An answer as it came over the wire.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The type of its body.
    pub content_type: Option<String>,
    /// The checksum that a client verifies when it is there.
    pub checksum: Checksum,
    /// Whether it can be told to AWS's support.
    pub has_request_id: bool,
    /// The body as JSON; a JSON string when it is not JSON.
    pub body: Value,
}

/// What became of X-Amz-Crc32.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checksum {
    /// There is none.
    Absent,
    /// It is the body's.
    Right,
    /// It is not.
    Wrong,
}

impl Checksum {
    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Right => "right",
            Self::Wrong => "wrong",
        }
    }
}

impl Answer {
    /// The last part of an error's type: `ConditionalCheckFailedException`.
    pub fn error(&self) -> Option<&str> {
        let kind = self.body.get("__type")?.as_str()?;
        Some(kind.rsplit('#').next().unwrap_or(kind))
    }

    /// What an error says, for people.
    pub fn message(&self) -> Option<&str> {
        self.body.get("message").or_else(|| self.body.get("Message"))?.as_str()
    }

    /// Whether it is no refusal.
    pub fn is_success(&self) -> bool {
        self.status == 200
    }

    /// Where the next page begins.
    pub fn last_evaluated_key(&self) -> Option<&Value> {
        self.body.get("LastEvaluatedKey")
    }
}
