//! An instance put together: each part receives its own policies, and the parts that it works with.

use std::sync::Arc;

use aws_sdk_dynamodb::Client;
use tokio_util::task::TaskTracker;
use tracing::Dispatch;

use crate::answers::Answers;
use crate::clock::Clock;
use crate::fail_points::FailPoints;
use crate::fetch::Fetch;
use crate::flights::Flights;
use crate::handler::Handler;
use crate::http::auth::Gatekeeper;
use crate::http::envelope::EnvelopeParts;
use crate::http::{CacheRoutes, HealthRoutes, OhlcRoute, Readiness, Routes};
use crate::invalidation::Invalidation;
use crate::l1::{L1, Room};
use crate::look_up::Pipeline;
use crate::policies::Policies;
use crate::ports::Ports;
use crate::providers::{Providers, TlsError};
use crate::request::Requests;
use crate::settings::Settings;
use crate::store::{Store, StorePolicies, Windows, connect};
use crate::telemetry::Metrics;
use crate::warming::Warming;
use crate::write_through::WriteThrough;

/// What several parts of an instance share.
pub(crate) struct Parts {
    policies: Policies,
    clock: Arc<dyn Clock>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) tasks: TaskTracker,
    pub(crate) fail_points: Arc<FailPoints>,
    pub(crate) memory: Arc<L1>,
    store: Arc<Store>,
    windows: Arc<Windows>,
    answers: Arc<Answers>,
    requests: Arc<Requests>,
    pipeline: Arc<Pipeline>,
}

impl Parts {
    /// The parts of an instance with these settings. Connects to nothing yet: a cache must start while DynamoDB is down.
    pub(crate) async fn new(
        settings: &Settings,
        policies: Policies,
        ports: &Ports,
        metrics: Arc<Metrics>,
    ) -> Result<Self, TlsError> {
        let clock = Arc::clone(&ports.clock);
        let (tasks, fail_points) = (TaskTracker::new(), Arc::new(FailPoints::default()));
        let room = Room { entries: settings.l1_entries, bytes: policies.memory.bytes.0 };
        let memory = Arc::new(L1::new((ports.memory)(room), policies.memory.clone()));
        let (attempts, backoff) = (policies.dynamodb.attempts, policies.batch_write.backoff);
        let client = connect(&settings.aws, &ports.dynamodb, attempts, backoff).await;
        let store = Arc::new(store(client, settings.table.clone(), &policies, &clock, &metrics));
        let providers = providers(settings, &policies, ports, &metrics)?;
        let windows = Arc::new(Windows {
            policy: policies.windows.clone(),
            store: Arc::clone(&store),
            providers: providers.names(),
            fetches: policies.fetches.clone(),
            completeness: policies.completeness.clone(),
            freshness: policies.freshness.clone(),
        });
        let answers = Arc::new(Answers {
            memory: Arc::clone(&memory),
            candles: policies.candle.clone(),
            completeness: policies.completeness.clone(),
            freshness: policies.freshness.clone(),
        });
        let write_through = Arc::new(WriteThrough {
            store: Arc::clone(&store),
            memory: Arc::clone(&memory),
            keys: policies.key.clone(),
            completeness: policies.completeness.clone(),
            freshness: policies.freshness.clone(),
            fail_points: Arc::clone(&fail_points),
        });
        let fetch = Fetch {
            providers,
            store: Arc::clone(&store),
            answers: Arc::clone(&answers),
            write_through,
            tasks: tasks.clone(),
        };
        let pipeline = Arc::new(Pipeline {
            policy: policies.look_up.clone(),
            store: Arc::clone(&store),
            windows: Arc::clone(&windows),
            answers: Arc::clone(&answers),
            fetch,
            fail_points: Arc::clone(&fail_points),
            metrics: Arc::clone(&metrics),
        });
        let requests = Arc::new(Requests {
            policy: policies.request.clone(),
            keys: policies.key.clone(),
            calendar: policies.calendar.clone(),
            freshness: policies.freshness.clone(),
        });
        Ok(Self { policies, clock, metrics, tasks, fail_points, memory, store, windows, answers, requests, pipeline })
    }

    /// The routes that clients, operators and, where they may, tests ask.
    pub(crate) fn routes(
        &self,
        settings: Settings,
        #[cfg(feature = "test-controls")] controls: Option<Arc<crate::http::Controls>>,
    ) -> Routes {
        let Settings { api_tokens, admin_tokens, jwt_secret, dashboard, .. } = settings;
        let gatekeeper = Arc::new(Gatekeeper {
            policy: self.policies.auth.clone(),
            readers: api_tokens,
            admins: admin_tokens,
            jwt_secret,
            clock: Arc::clone(&self.clock),
        });
        let ohlc = OhlcRoute {
            policy: self.policies.answer.clone(),
            gatekeeper: Arc::clone(&gatekeeper),
            fail_points: Arc::clone(&self.fail_points),
            requests: Arc::clone(&self.requests),
            memory: Arc::clone(&self.memory),
            handler: self.handler(),
            clock: Arc::clone(&self.clock),
        };
        let cache = CacheRoutes {
            bodies: self.policies.body.clone(),
            requests: self.policies.request.clone(),
            gatekeeper,
            invalidation: self.invalidation(),
            memory: Arc::clone(&self.memory),
            store: Arc::clone(&self.store),
            metrics: Arc::clone(&self.metrics),
            tasks: self.tasks.clone(),
            clock: Arc::clone(&self.clock),
        };
        let health = HealthRoutes {
            readiness: Readiness::new(self.policies.health.clone(), Arc::clone(&self.store), self.tasks.clone()),
            clock: Arc::clone(&self.clock),
            metrics: Arc::clone(&self.metrics),
        };
        Routes {
            ohlc: Arc::new(ohlc),
            cache: Arc::new(cache),
            health: Arc::new(health),
            dashboard,
            #[cfg(feature = "test-controls")]
            controls,
        }
    }

    /// What tests reach.
    #[cfg(feature = "test-controls")]
    pub(crate) fn controls(&self, ports: &Ports) -> Arc<crate::http::Controls> {
        Arc::new(crate::http::Controls {
            memory: Arc::clone(&self.memory),
            fail_points: Arc::clone(&self.fail_points),
            tasks: self.tasks.clone(),
            log: ports.log.clone(),
        })
    }

    /// What every answer has in common.
    pub(crate) fn envelope(&self, logs: Dispatch) -> EnvelopeParts {
        EnvelopeParts { policy: self.policies.envelope.clone(), failures: self.policies.failure.clone(), logs }
    }

    /// What fills the table before anyone asks.
    pub(crate) fn warming(&self) -> Warming {
        Warming {
            policy: self.policies.warming.clone(),
            requests: Arc::clone(&self.requests),
            memory: Arc::clone(&self.memory),
            pipeline: Arc::clone(&self.pipeline),
            windows: Arc::clone(&self.windows),
            clock: Arc::clone(&self.clock),
        }
    }

    fn handler(&self) -> Handler {
        Handler {
            policy: self.policies.deadline.clone(),
            keys: self.policies.key.clone(),
            retry_after: self.policies.failure.retry_after,
            memory: Arc::clone(&self.memory),
            windows: Arc::clone(&self.windows),
            answers: Arc::clone(&self.answers),
            flights: Flights::new(self.tasks.clone()),
            pipeline: Arc::clone(&self.pipeline),
            metrics: Arc::clone(&self.metrics),
        }
    }

    fn invalidation(&self) -> Invalidation {
        Invalidation {
            policy: self.policies.invalidation.clone(),
            memory: Arc::clone(&self.memory),
            store: Arc::clone(&self.store),
            retry_after: self.policies.failure.retry_after,
        }
    }
}

fn store(client: Client, table: String, policies: &Policies, clock: &Arc<dyn Clock>, metrics: &Arc<Metrics>) -> Store {
    let of_store = StorePolicies {
        call: policies.dynamodb.clone(),
        breaker: policies.breaker.clone(),
        lock: policies.lock.clone(),
        batch_write: policies.batch_write.clone(),
        query: policies.query.clone(),
        items: policies.items.clone(),
        records: policies.completeness_record.clone(),
        actions: policies.actions.clone(),
    };
    Store::new(client, table, of_store, policies.key.clone(), Arc::clone(clock), Arc::clone(metrics))
}

fn providers(
    settings: &Settings,
    policies: &Policies,
    ports: &Ports,
    metrics: &Arc<Metrics>,
) -> Result<Providers, TlsError> {
    let decides = (policies.provider.clone(), policies.candle.clone(), policies.failure.retry_after);
    Providers::new(&settings.tiingo, settings.finnhub.as_ref(), decides, &ports.providers, &ports.clock, metrics)
}
