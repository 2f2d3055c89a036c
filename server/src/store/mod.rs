//! DynamoDB: candles that outlive the process, and the lock that instances share.
//!
//! Every call passes [`Store::call`], which asks the breaker, bounds the time, counts, and logs.

pub mod batch_write;
pub mod breaker;
pub mod coverage;
mod invalidate;
pub mod items;
pub mod lock;
pub mod query;
mod whole;

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use tokio::time::{Instant, timeout};
use tracing::{error, warn};

pub use breaker::Breaker;
pub use coverage::Claim;
pub use lock::{Condition, Lease, Lock};
pub use whole::{Judge, Whole, explains};

use self::breaker::Opening;
use crate::clock::Clock;
use crate::error::Failure;
use crate::rules::Rules;
use crate::telemetry::{Alarm, Layer, Metrics};

/// The table behind its breaker.
pub struct Store {
    client: Client,
    table: String,
    rules: Arc<Rules>,
    clock: Arc<dyn Clock>,
    metrics: Arc<Metrics>,
    breaker: Arc<Breaker>,
    last_fence: AtomicI64,
}

/// Why DynamoDB gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The breaker is open; nothing was sent.
    #[error("the breaker is open")]
    BreakerOpen,
    /// A condition of the write did not hold. DynamoDB is well.
    #[error("the condition did not hold")]
    ConditionFailed,
    /// DynamoDB failed, or took too long.
    #[error("DynamoDB failed")]
    Failed,
}

impl Store {
    /// A store on `table`.
    pub fn new(client: Client, table: String, rules: Arc<Rules>, clock: Arc<dyn Clock>, metrics: Arc<Metrics>) -> Self {
        let breaker = (rules.breaker)(&rules);
        Self { client, table, rules, clock, metrics, breaker, last_fence: AtomicI64::new(0) }
    }

    /// The breaker in front of this table.
    pub fn breaker(&self) -> &Breaker {
        &self.breaker
    }

    /// Whether the table answers. Asks for an item that does not exist.
    ///
    /// # Errors
    /// As DynamoDB fails, and when the breaker is open.
    pub async fn reach(&self) -> Result<(), StoreError> {
        let call = self.client.get_item().table_name(&self.table).set_key(Some(items::key("READY", "READY"))).send();
        self.call("GetItem", call).await.map(drop)
    }

    async fn call<T, E, R>(
        &self,
        operation: &'static str,
        call: impl Future<Output = Result<T, SdkError<E, R>>>,
    ) -> Result<T, StoreError>
    where
        E: ProvideErrorMetadata,
    {
        let unguarded = || (!(self.rules.breaker_guards)(operation)).then(|| self.breaker.unguarded());
        let permit = self.breaker.permit(self.clock.now()).or_else(unguarded).ok_or(StoreError::BreakerOpen)?;
        let counts = (self.rules.breaker_counts)(operation);
        let started = Instant::now();
        let outcome = timeout(self.rules.dynamodb_timeout, call).await;
        self.metrics.latency(Layer::DynamoDb, started.elapsed());

        let cause = match outcome {
            Ok(Ok(answer)) => {
                if counts {
                    permit.succeeded();
                }
                return Ok(answer);
            }
            Ok(Err(failed)) if failed.code() == Some("ConditionalCheckFailedException") => {
                if counts {
                    permit.succeeded();
                }
                return Err(StoreError::ConditionFailed);
            }
            Ok(Err(failed)) => cause(&failed),
            Err(_) => "timeout".into(),
        };
        (self.rules.store_failure)(&self.metrics, operation, &cause);
        match counts.then(|| permit.failed(self.clock.now())).flatten() {
            None => {}
            Some(Opening::New) => {
                self.metrics.alarm(Alarm::BreakerOpened);
                warn!(operation, outcome = "breaker_open", "the breaker opened: DynamoDB is left alone for a while");
            }
            Some(Opening::Again) => {
                self.metrics.alarm(Alarm::ProbeFailed);
                warn!(operation, outcome = "breaker_stays_open", "a probe failed: DynamoDB is left alone for longer");
            }
        }
        Err(StoreError::Failed)
    }
}

/// DynamoDB only saves provider calls: without it a request goes on (R3).
///
/// # Errors
/// Never.
pub fn never_fails_a_request(_failed: StoreError) -> Result<(), Failure> {
    Ok(())
}

/// Counts and logs a call that failed.
pub fn report(metrics: &Metrics, operation: &'static str, cause: &str) {
    metrics.alarm(Alarm::CallFailed { operation });
    error!(operation, cause, outcome = "dynamodb_failed", "DynamoDB call failed");
}

/// What went wrong, for the log: DynamoDB's own code, or the kind of failure on the way there.
fn cause<E: ProvideErrorMetadata, R>(failed: &SdkError<E, R>) -> String {
    match (failed.code(), failed) {
        (Some(code), _) => code.into(),
        (None, SdkError::TimeoutError(_)) => "timeout".into(),
        (None, SdkError::DispatchFailure(_)) => "connection".into(),
        (None, SdkError::ConstructionFailure(_)) => "request could not be built".into(),
        (None, _) => "unreadable answer".into(),
    }
}
