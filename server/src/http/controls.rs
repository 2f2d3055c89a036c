//! What only tests may do. Compiled in by the feature `test-controls`, which release builds lack.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::server::Server;

pub(super) fn routes() -> Router<Arc<Server>> {
    Router::new().route("/test/drop-l1", post(drop_l1)).route("/test/idle", post(idle))
}

/// Empties memory and leaves DynamoDB alone.
async fn drop_l1(State(server): State<Arc<Server>>) -> Json<Value> {
    Json(json!({"dropped": server.drop_l1()}))
}

/// Answers when no look-up and no write-through is under way.
async fn idle(State(server): State<Arc<Server>>) -> Json<Value> {
    server.idle().await;
    Json(json!({"idle": true}))
}
