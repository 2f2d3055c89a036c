//! Mistakes about what is kept where: in memory, in the table, by the clients, and by warming.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use aws_sdk_dynamodb::config::{HttpClient, RuntimeComponents, SharedHttpClient};
use aws_smithy_http_client::Builder;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use futures_util::FutureExt;
use http::{HeaderValue, header::CONNECTION};
use ohlc_server::l1::{Entries, scan_resistant};
use ohlc_server::policy::Bytes;
use serde_json::Value;

use super::defects;
use crate::broken::dynamodb::Answer;
use crate::broken::memory::Queue;
use crate::broken::{dynamodb, inbound, locked, memory, providers};

/// What instances share that run on one table, by the table's address.
static SHARED: Mutex<BTreeMap<String, Arc<dyn Entries>>> = Mutex::new(BTreeMap::new());

defects! {
    "memory-alone-keeps-answers", "what was fetched is never written to the table":
        |_, ports| dynamodb::calls(ports, |mut call, wire| Box::pin(async move {
            if call.puts_candles() || call.puts_a_record() { Answer::done() } else { wire.send(call).await }
        }));
    "adapter-remembers-answers", "the provider's client keeps what it was answered once":
        |_, ports| {
            let remembered = Arc::new(Mutex::new(HashMap::new()));
            providers::calls(ports, move |client, call, sound| {
                let (url, remembered) = (call.url().to_string(), Arc::clone(&remembered));
                let asked = sound(client, call);
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
        |_, ports| dynamodb::clients(ports, client_per_call);
    "connection-per-provider-call", "a connection to the provider is closed when it has answered":
        |_, ports| providers::sees(ports, |call| {
            call.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        });
    "every-look-counted", "who looks twice and finds nothing has missed twice":
        |policies, _| policies.look_up.counted = Arc::new(|empty_looks, found| (found.into(), empty_looks.into()));
    "replaced-answers-count-as-evicted", "an answer that takes the place of an older one has evicted it":
        |_, ports| memory::puts(ports, |entries, key, entry| {
            usize::from(entries.get(&key).is_some()) + entries.put(key, entry)
        });
    "memory-outlives-its-process", "a new instance finds what the one before it had in memory":
        |_, ports| {
            let table = ports.environment.get("AWS_ENDPOINT_URL_DYNAMODB").unwrap_or_default().to_owned();
            ports.memory = Arc::new(move |room| {
                Arc::clone(locked(&SHARED).entry(table.clone()).or_insert_with(|| scan_resistant(room)))
            });
        };
    "memory-evicts-the-oldest", "first in, first out":
        |_, ports| ports.memory = Arc::new(|room| Queue::of(room.entries, false));
    "memory-evicts-the-longest-unread", "what was not read for longest makes room":
        |_, ports| ports.memory = Arc::new(|room| Queue::of(room.entries, true));
    "memory-bounded-by-entries-alone", "an answer takes one place in memory, however large it is":
        |policies, _| policies.memory.bytes = Bytes(u64::MAX);
    "memory-full-for-good", "what memory has held once counts for ever":
        |policies, ports| {
            let (room, held) = (policies.memory.bytes.0, AtomicU64::new(0));
            memory::puts(ports, move |entries, key, entry| {
                let bytes = entry.answer.bytes() as u64;
                match held.fetch_add(bytes, Ordering::Relaxed) + bytes <= room {
                    true => entries.put(key, entry),
                    false => 0,
                }
            });
        };
    "large-answer-empties-memory", "room is made for an answer that is larger than all the room there is":
        |policies, ports| {
            let room = policies.memory.bytes.0;
            memory::puts(ports, move |entries, key, entry| {
                if entry.answer.bytes() as u64 > room {
                    entries.retain(&|_| false);
                }
                entries.put(key, entry)
            });
        };
    "warming-under-keys-nobody-reads", "warming stores tickers in lower case":
        |_, ports| {
            let asked = Arc::new(AtomicBool::new(false));
            let warming = Arc::clone(&asked);
            inbound::sees(ports, move |_| asked.store(true, Ordering::Relaxed));
            dynamodb::calls(ports, move |mut call, wire| {
                if !warming.load(Ordering::Relaxed) {
                    in_lower_case(&mut call);
                }
                Box::pin(async move { wire.send(call).await })
            });
        };
    "warming-of-a-week-alone", "warming asks for less than clients do":
        |policies, _| policies.warming.asks = Arc::new(|resolution| format!("range=1W&resolution={resolution}"));
}

/// Renames the partitions of candles in a call.
fn in_lower_case(call: &mut dynamodb::Call) {
    let lower = |partition: &mut Value| {
        if let Some(text) = partition.as_str().filter(|text| !text.starts_with("LOCK")) {
            *partition = text.to_lowercase().into();
        }
    };
    call.writes().into_iter().for_each(|write| lower(&mut write["PutRequest"]["Item"]["PK"]["S"]));
    let reads = [&["ExpressionAttributeValues", ":partition", "S"], &["Key", "PK", "S"], &["Item", "PK", "S"]];
    for path in reads {
        if let Some(partition) = call.body.pointer_mut(&format!("/{}", path.join("/"))) {
            lower(partition);
        }
    }
}

/// Opens a connection for each call, and never looks for one that is open.
#[derive(Debug)]
struct ClientPerCall(HttpConnectorSettings, RuntimeComponents);

fn client_per_call(_: SharedHttpClient) -> SharedHttpClient {
    http_client_fn(|settings, components| SharedHttpConnector::new(ClientPerCall(settings.clone(), components.clone())))
}

impl HttpConnector for ClientPerCall {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let Self(settings, components) = self;
        Builder::new().build_http().http_connector(settings, components).call(request)
    }
}
