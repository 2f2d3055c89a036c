//! What only tests may do. Compiled in by the feature `test-controls`, which release builds lack.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::server::Server;

pub(super) fn routes() -> Router<Arc<Server>> {
    Router::new()
        .route("/test/drop-l1", post(drop_l1))
        .route("/test/fail", post(fail))
        .route("/test/idle", post(idle))
        .route("/test/log", post(log))
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

/// Writes what it is given as a line of the log, so that whoever reads the log knows how far he has read.
async fn log(State(server): State<Arc<Server>>, mark: String) -> Json<Value> {
    Json(json!({"written": server.write_to_log(&mark).is_ok()}))
}

/// Sets the one fail point: `{"at": "look-up", "how": "panic"}`, or `{}` for none.
async fn fail(State(server): State<Arc<Server>>, Json(told): Json<Value>) -> Result<Json<Value>, (StatusCode, String)> {
    let word = |name: &str| told.get(name).and_then(Value::as_str);
    let fault = word("at").zip(word("how"));
    server.fail_at(fault).map_err(|unknown| (StatusCode::BAD_REQUEST, unknown))?;
    Ok(Json(json!({"failing": fault.is_some()})))
}
