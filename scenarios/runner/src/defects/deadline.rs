//! Mistakes of those who run out of time.

use std::sync::Arc;
use std::time::Duration;

use axum::response::IntoResponse;
use ohlc_server::cache_layer::CacheLayer;
use ohlc_server::error::Failure;
use serde_json::json;
use tokio::sync::watch;
use tokio::time::timeout;

use super::defects;
use crate::broken::{dynamodb, inbound};

const FOREVER: Duration = Duration::from_secs(3_600);

defects! {
    "stale-memory-ignored", "what is past its freshness is never served":
        |policies, _| policies.deadline.at_hand = &[CacheLayer::DynamoDb];
    "no-last-look", "past the deadline only memory is asked":
        |policies, _| policies.deadline.at_hand = &[CacheLayer::InMemory];
    "last-look-without-end", "the last look takes the time that it takes":
        |policies, _| policies.deadline.last_look = FOREVER;
    "no-ceiling", "an answer takes the time that it takes":
        |policies, _| policies.deadline.deadline = FOREVER;
    "nothing-served-as-200", "no candles are an answer, too":
        |_, ports| inbound::requests(ports, |request, next| Box::pin(async move {
            let response = next.run(request).await;
            match response.extensions().get::<Failure>() {
                Some(Failure::Unavailable { .. }) => {
                    let nothing = json!({"count": 0, "source": "none", "stale": false, "candles": []});
                    ([("X-Cache-Source", "none")], axum::Json(nothing)).into_response()
                }
                _ => response,
            }
        }));
    "write-inside-the-ceiling", "the deadline counts until everything is written":
        |policies, ports| {
            let deadline = policies.deadline.deadline;
            let under_way = Arc::new(watch::Sender::new(0_u32));
            let counted = Arc::clone(&under_way);
            dynamodb::calls(ports, move |mut call, wire| {
                let counted = call.puts_candles().then(|| Arc::clone(&counted));
                Box::pin(async move {
                    counted.iter().for_each(|writes| writes.send_modify(|writes| *writes += 1));
                    let answered = wire.send(call).await;
                    counted.iter().for_each(|writes| writes.send_modify(|writes| *writes -= 1));
                    answered
                })
            });
            inbound::requests(ports, move |request, next| {
                let mut writes = under_way.subscribe();
                Box::pin(async move {
                    let written = async {
                        let response = next.run(request).await;
                        let _ = writes.wait_for(|writes| *writes == 0).await;
                        response
                    };
                    let late = Failure::Unavailable { retry_after: Duration::from_secs(5) };
                    timeout(deadline, written).await.unwrap_or_else(|_| late.into_response())
                })
            });
        };
}
