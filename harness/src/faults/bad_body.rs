//! The answer arrives damaged.

use bytes::Bytes;

use super::{Answer, Call, Fault, Next, Reply};

/// What DynamoDB answered, after it carried the call out, with something wrong about the body.
#[derive(Debug, Clone)]
pub struct BadBody(Damage);

#[derive(Debug, Clone)]
enum Damage {
    Empty,
    CutShort,
    Replaced(Bytes),
    WrongChecksum,
}

impl BadBody {
    /// Nothing in it, with the checksum of nothing.
    pub fn empty() -> Self {
        Self(Damage::Empty)
    }

    /// Only the first half, with the checksum of that half.
    pub fn cut_short() -> Self {
        Self(Damage::CutShort)
    }

    /// This instead, with its checksum: a gateway's HTML, or JSON of another shape.
    pub fn replaced_by(body: impl Into<Bytes>) -> Self {
        Self(Damage::Replaced(body.into()))
    }

    /// All of it, with a checksum that does not match.
    pub fn wrong_checksum() -> Self {
        Self(Damage::WrongChecksum)
    }

    fn damage(&self, answer: Answer) -> Answer {
        match &self.0 {
            Damage::Empty => answer.with_body(Bytes::new()),
            Damage::CutShort => {
                let half = answer.body().slice(..answer.body().len() / 2);
                answer.with_body(half)
            }
            Damage::Replaced(body) => answer.with_body(body.clone()),
            Damage::WrongChecksum => {
                let wrong = !crc32fast::hash(answer.body());
                answer.with_checksum(wrong)
            }
        }
    }
}

impl Fault for BadBody {
    async fn meet(&self, call: Call, next: Next<'_>) -> Reply {
        next.applied(match self.0 {
            Damage::Empty => "body empty",
            Damage::CutShort => "body cut short",
            Damage::Replaced(_) => "body replaced",
            Damage::WrongChecksum => "checksum wrong",
        });
        next.forward(call).await.map(|answer| self.damage(answer))
    }
}
