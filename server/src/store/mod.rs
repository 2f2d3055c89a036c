//! DynamoDB: candles that outlive the process, and the lock that instances share.
//!
//! Every call passes [`Store::call`], which asks the breaker, bounds the time, counts, and logs.

pub mod batch_write;
pub mod breaker;
mod client;
pub mod completeness_record;
pub mod fetches;
mod invalidate;
pub mod items;
pub mod latest_action;
pub mod lock;
mod operation;
mod pieces;
pub mod query;
pub mod windows;

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use tokio::time::{Instant, timeout};
use tracing::{error, warn};

pub use breaker::Breaker;
pub use client::{Connection, connect};
pub use completeness_record::CompletenessRecord;
pub use latest_action::LatestAction;
pub use lock::{Condition, Lease, Lock};
pub use operation::Operation;
pub use windows::{CompleteWindow, Staleness, Windows};

use self::batch_write::BatchWritePolicy;
use self::breaker::{BreakerPolicy, Opening};
use self::completeness_record::CompletenessRecordPolicy;
use self::items::ItemPolicy;
use self::latest_action::ActionPolicy;
use self::lock::LockPolicy;
use self::query::QueryPolicy;
use crate::clock::Clock;
use crate::key::KeyPolicy;
use crate::policy::policy;
use crate::telemetry::{Alarm, Layer, Metrics};

policy! {
    /// How DynamoDB is called.
    CallPolicy "dynamodb" {
        values {
            /// Attempts of one DynamoDB call, by the SDK's own retry.
            attempts: u32 = 2, setting "OHLC_DYNAMODB_ATTEMPTS", from "decisions.md#dynamodb-attempts";
            /// How long one DynamoDB call may take, retries included.
            timeout: Duration = Duration::from_secs(2), setting "OHLC_DYNAMODB_TIMEOUT", from "decisions.md#dynamodb-timeout";
        }
        functions {
            /// What the log says of a call that failed.
            cause: fn(&CallFailure) -> String = CallFailure::to_string, decides "DynamoDB's own code, or the kind of failure on the way there",
                shows [(&CallFailure::Timeout), (&CallFailure::Code("ThrottlingException".into()))], from "decisions.md#store-failure";
        }
    }
}

/// The decisions of a store, by what they are about.
#[derive(Debug, Clone, Default)]
pub struct StorePolicies {
    /// How DynamoDB is called.
    pub call: CallPolicy,
    /// When it is left alone.
    pub breaker: BreakerPolicy,
    /// Who asks the provider while others wait.
    pub lock: LockPolicy,
    /// How candles are written.
    pub batch_write: BatchWritePolicy,
    /// What is read of a window.
    pub query: QueryPolicy,
    /// What an item says.
    pub items: ItemPolicy,
    /// Who may say that a window is complete.
    pub records: CompletenessRecordPolicy,
    /// What a split or a dividend makes of what was fetched before it.
    pub actions: ActionPolicy,
}

/// The table behind its breaker.
pub struct Store {
    client: Client,
    table: String,
    policies: StorePolicies,
    keys: KeyPolicy,
    clock: Arc<dyn Clock>,
    metrics: Arc<Metrics>,
    breaker: Breaker,
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

/// How a DynamoDB call failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallFailure {
    /// DynamoDB said so, with this code.
    #[error("{0}")]
    Code(String),
    /// It took too long.
    #[error("timeout")]
    Timeout,
    /// There was no connection.
    #[error("connection")]
    Connection,
    /// The SDK could not build the request: a defect of ours.
    #[error("request could not be built")]
    Unbuilt,
    /// An answer came that is none.
    #[error("unreadable answer")]
    Unreadable,
}

impl Store {
    /// A store on `table`.
    pub fn new(
        client: Client,
        table: String,
        policies: StorePolicies,
        keys: KeyPolicy,
        clock: Arc<dyn Clock>,
        metrics: Arc<Metrics>,
    ) -> Self {
        let breaker = Breaker::closed(policies.breaker.clone());
        Self { client, table, policies, keys, clock, metrics, breaker, last_fence: AtomicI64::new(0) }
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
        self.call(Operation::GetItem, call).await.map(drop)
    }

    async fn call<T, E, R>(
        &self,
        operation: Operation,
        call: impl Future<Output = Result<T, SdkError<E, R>>>,
    ) -> Result<T, StoreError>
    where
        E: ProvideErrorMetadata,
    {
        let permit = self.breaker.permit(operation, self.clock.now()).ok_or(StoreError::BreakerOpen)?;
        let started = Instant::now();
        let outcome = timeout(self.policies.call.timeout, call).await;
        self.metrics.latency(Layer::DynamoDb, started.elapsed());

        let failure = match outcome {
            Ok(Ok(answer)) => {
                permit.succeeded();
                return Ok(answer);
            }
            Ok(Err(failed)) if failed.code() == Some("ConditionalCheckFailedException") => {
                permit.succeeded();
                return Err(StoreError::ConditionFailed);
            }
            Ok(Err(failed)) => CallFailure::of(&failed),
            Err(_) => CallFailure::Timeout,
        };
        let (operation, cause) = (operation.name(), (self.policies.call.cause)(&failure));
        self.metrics.alarm(Alarm::CallFailed { operation });
        error!(operation, cause, outcome = "dynamodb_failed", "DynamoDB call failed");
        match permit.failed(self.clock.now()) {
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

impl CallFailure {
    fn of<E: ProvideErrorMetadata, R>(failed: &SdkError<E, R>) -> Self {
        match (failed.code(), failed) {
            (Some(code), _) => Self::Code(code.into()),
            (None, SdkError::TimeoutError(_)) => Self::Timeout,
            (None, SdkError::DispatchFailure(_)) => Self::Connection,
            (None, SdkError::ConstructionFailure(_)) => Self::Unbuilt,
            (None, _) => Self::Unreadable,
        }
    }
}
