//! The journal: every exchange on every wire of a lab, in the order in which it began.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::body::Body;

/// Whom a call was made to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Peer {
    /// The server under test, called by the scenario.
    Server,
    /// DynamoDB, called by the server under test.
    DynamoDb,
    /// The Tiingo double.
    Tiingo,
    /// The Finnhub double.
    Finnhub,
}

impl fmt::Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Peer::Server => "server",
            Peer::DynamoDb => "dynamodb",
            Peer::Tiingo => "tiingo",
            Peer::Finnhub => "finnhub",
        })
    }
}

/// One call and its answer.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// Position in the journal, from 1.
    pub number: usize,
    /// When the call arrived, counted from the start of the lab.
    pub at: Duration,
    /// Whom the call was made to.
    pub to: Peer,
    /// The operation in the callee's own words: `Query`, `BatchWriteItem`, `GET`.
    pub operation: String,
    /// What it was about, in a few words: a path, or a table and its key.
    pub subject: String,
    /// The request's body; `Null` when it has none.
    pub request: Body,
    /// What came back; `None` while the call is under way or held at a gate.
    pub answer: Option<Answer>,
    /// The fault that was applied to this call, in words.
    pub fault: Option<String>,
}

/// What came back for a call, as the caller saw it, faults included.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status; 0 when the connection was dropped instead.
    pub status: u16,
    /// The body as JSON; a JSON string when it is not JSON, or a provider's, whose numbers must not pass through f64.
    pub body: Body,
    /// When it was sent, counted from the start of the lab.
    pub at: Duration,
}

impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, to, operation, subject, .. } = self;
        let tenths = self.at.as_micros() / 100;
        write!(f, "{number:>4} {:>6}.{} ms  {to:<8} {operation} {subject}", tenths / 10, tenths % 10)?;
        match &self.answer {
            Some(answer) if answer.status == 0 => write!(f, " -> connection dropped")?,
            Some(answer) => write!(f, " -> {}", answer.status)?,
            None => write!(f, " -> (no answer yet)")?,
        }
        match &self.fault {
            Some(fault) => write!(f, "  [fault: {fault}]"),
            None => Ok(()),
        }
    }
}

/// A shared, append-only record. Clones write into the same journal.
#[derive(Debug, Clone)]
pub struct Journal {
    started: Instant,
    kept: Arc<Mutex<Kept>>,
}

/// What it has not handed over yet.
#[derive(Debug, Default)]
struct Kept {
    exchanges: Vec<Exchange>,
    /// How many it has handed over.
    handed_over: usize,
}

impl Default for Journal {
    fn default() -> Self {
        Self { started: Instant::now(), kept: Arc::default() }
    }
}

impl Journal {
    /// Notes that a call has arrived, and gives its number for the calls below.
    pub fn begin(
        &self,
        to: Peer,
        operation: impl Into<String>,
        subject: impl Into<String>,
        request: impl Into<Body>,
    ) -> usize {
        let at = self.started.elapsed();
        let mut kept = self.kept();
        let number = kept.handed_over + kept.exchanges.len() + 1;
        kept.exchanges.push(Exchange {
            number,
            at,
            to,
            operation: operation.into(),
            subject: subject.into(),
            request: request.into(),
            answer: None,
            fault: None,
        });
        number
    }

    /// Notes which fault meets call `number`.
    pub fn fault(&self, number: usize, fault: impl Into<String>) {
        self.change(number, |exchange| exchange.fault = Some(fault.into()));
    }

    /// Notes what call `number` was answered with; status 0 stands for a dropped connection.
    pub fn answer(&self, number: usize, status: u16, body: impl Into<Body>) {
        let at = self.started.elapsed();
        self.change(number, |exchange| exchange.answer = Some(Answer { status, body: body.into(), at }));
    }

    /// Everything so far.
    pub fn all(&self) -> Vec<Exchange> {
        self.kept().exchanges.clone()
    }

    /// Hands everything over, and keeps nothing of it: what goes on for long would fill it. Numbers and marks go on; what
    /// becomes of calls that are under way is not noted any more.
    pub fn hand_over(&self) -> Vec<Exchange> {
        let mut kept = self.kept();
        kept.handed_over += kept.exchanges.len();
        std::mem::take(&mut kept.exchanges)
    }

    /// The calls made to one peer.
    pub fn to(&self, peer: Peer) -> Vec<Exchange> {
        self.since(0, peer)
    }

    /// How many exchanges there are: a mark for [`Journal::since`].
    pub fn len(&self) -> usize {
        let kept = self.kept();
        kept.handed_over + kept.exchanges.len()
    }

    /// Whether nothing has happened yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The calls made to one peer after a mark.
    pub fn since(&self, mark: usize, peer: Peer) -> Vec<Exchange> {
        let kept = self.kept();
        let unseen = kept.exchanges.iter().skip(mark.saturating_sub(kept.handed_over));
        unseen.filter(|exchange| exchange.to == peer).cloned().collect()
    }

    fn change(&self, number: usize, change: impl FnOnce(&mut Exchange)) {
        let mut kept = self.kept();
        let place = number.checked_sub(1 + kept.handed_over);
        if let Some(exchange) = place.and_then(|place| kept.exchanges.get_mut(place)) {
            change(exchange);
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{Journal, Peer};

    #[test]
    fn numbers_and_marks_go_on_when_it_has_handed_over() {
        let journal = Journal::default();
        let first = journal.begin(Peer::Tiingo, "GET", "/one", Value::Null);
        assert_eq!(journal.hand_over().len(), 1);
        let mark = journal.len();
        let second = journal.begin(Peer::Tiingo, "GET", "/two", Value::Null);
        journal.answer(first, 500, Value::Null);
        journal.answer(second, 200, Value::Null);
        let since = journal.since(mark, Peer::Tiingo);
        assert_eq!((mark, second, since.len(), journal.all().len()), (1, 2, 1, 1));
        assert_eq!(since[0].answer.as_ref().map(|answer| answer.status), Some(200));
    }
}
