//! Mistakes about what is kept where: in memory, in the table, by the clients, and by warming.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_sdk_dynamodb::config::{HttpClient, RuntimeComponents, SharedHttpClient};
use aws_smithy_http_client::Builder;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use futures_util::FutureExt;
use http::{HeaderValue, header::CONNECTION};
use ohlc_server::l1::{Entries, Entry, scan_resistant};
use ohlc_server::request::{Query, Request};
use ohlc_server::settings::AwsSettings;
use ohlc_server::write_through::Step;
use ohlc_server::{providers, warming};

use super::defects;

/// What instances share that run on one table, by the table's address.
static SHARED: Mutex<BTreeMap<String, Arc<dyn Entries>>> = Mutex::new(BTreeMap::new());

defects! {
    "memory-alone-keeps-answers", "what was fetched is never written to the table":
        |rules, _| rules.write_through = Arc::new(|| &[Step::Unlock]);
    "adapter-remembers-answers", "the provider's client keeps what it was answered once":
        |rules, _| {
            let remembered = Arc::new(Mutex::new(HashMap::new()));
            rules.provider_call = Arc::new(move |client, call| {
                let (url, remembered) = (call.url().to_string(), Arc::clone(&remembered));
                let asked = providers::call(client, call);
                async move {
                    let known = locked(&remembered).get(&url).cloned();
                    let body: bytes::Bytes = match known {
                        Some(body) => body,
                        None => asked.await?.error_for_status()?.bytes().await?,
                    };
                    locked(&remembered).insert(url, body.clone());
                    Ok(http::Response::new(body).into())
                }
                .boxed()
            });
        };
    "dynamodb-client-per-call", "each DynamoDB call gets a client of its own":
        |rules, _| rules.dynamodb_http = Arc::new(client_per_call);
    "connection-per-provider-call", "a connection to the provider is closed when it has answered":
        |rules, _| rules.provider_call = Arc::new(|client, mut call| {
            call.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            providers::call(client, call)
        });
    "every-look-counted", "who looks twice and finds nothing has missed twice":
        |rules, _| rules.later_looks_counted = true;
    "replaced-answers-count-as-evicted", "an answer that takes the place of an older one has evicted it":
        |rules, _| rules.replacement = Arc::new(|capacity| Arc::new(CountsReplaced(scan_resistant(capacity))));
    "memory-outlives-its-process", "a new instance finds what the one before it had in memory":
        |rules, environment| {
            let table = environment.get("AWS_ENDPOINT_URL_DYNAMODB").unwrap_or_default().to_owned();
            rules.replacement = Arc::new(move |capacity| {
                Arc::clone(locked(&SHARED).entry(table.clone()).or_insert_with(|| scan_resistant(capacity)))
            });
        };
    "memory-evicts-the-oldest", "first in, first out":
        |rules, _| rules.replacement = Arc::new(|capacity| Queue::of(capacity, false));
    "memory-evicts-the-longest-unread", "what was not read for longest makes room":
        |rules, _| rules.replacement = Arc::new(|capacity| Queue::of(capacity, true));
    "warming-under-keys-nobody-reads", "warming stores tickers in lower case":
        |rules, _| rules.warmed = Arc::new(|ticker, resolution, now, rules| {
            let mut request = warming::request(ticker, resolution, now, rules)?;
            request.ticker = request.ticker.to_lowercase();
            Ok(request)
        });
    "warming-of-a-week-alone", "warming asks for less than visitors do":
        |rules, _| rules.warmed = Arc::new(|ticker, resolution, now, rules| {
            Request::freeze(ticker, &Query::parse(&format!("range=1W&resolution={resolution}"))?, now, rules)
        });
}

fn locked<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Opens a connection for each call, and never looks for one that is open.
#[derive(Debug)]
struct ClientPerCall(HttpConnectorSettings, RuntimeComponents);

fn client_per_call(_: &AwsSettings) -> SharedHttpClient {
    http_client_fn(|settings, components| SharedHttpConnector::new(ClientPerCall(settings.clone(), components.clone())))
}

impl HttpConnector for ClientPerCall {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let Self(settings, components) = self;
        Builder::new().build_http().http_connector(settings, components).call(request)
    }
}

/// Counts one too many when an entry takes the place of the one with its key.
struct CountsReplaced(Arc<dyn Entries>);

impl Entries for CountsReplaced {
    fn get(&self, key: &str) -> Option<Entry> {
        self.0.get(key)
    }

    fn put(&self, key: String, entry: Entry) -> usize {
        usize::from(self.0.get(&key).is_some()) + self.0.put(key, entry)
    }

    fn retain(&self, meant: &dyn Fn(&Entry) -> bool) {
        self.0.retain(meant);
    }

    fn len(&self) -> usize {
        self.0.len()
    }
}

/// Entries in a queue, whose first one makes room.
struct Queue {
    capacity: usize,
    reading_renews: bool,
    entries: Mutex<VecDeque<(String, Entry)>>,
}

impl Queue {
    fn of(capacity: usize, reading_renews: bool) -> Arc<dyn Entries> {
        Arc::new(Self { capacity, reading_renews, entries: Mutex::default() })
    }
}

impl Entries for Queue {
    fn get(&self, key: &str) -> Option<Entry> {
        let mut entries = locked(&self.entries);
        let place = entries.iter().position(|(known, _)| known == key)?;
        let found = entries[place].1.clone();
        if self.reading_renews
            && let Some(read) = entries.remove(place)
        {
            entries.push_back(read);
        }
        Some(found)
    }

    fn put(&self, key: String, entry: Entry) -> usize {
        let mut entries = locked(&self.entries);
        entries.retain(|(known, _)| *known != key);
        entries.push_back((key, entry));
        let evicted = entries.len().saturating_sub(self.capacity);
        entries.drain(..evicted);
        evicted
    }

    fn retain(&self, meant: &dyn Fn(&Entry) -> bool) {
        locked(&self.entries).retain(|(_, entry)| meant(entry));
    }

    fn len(&self) -> usize {
        locked(&self.entries).len()
    }
}
