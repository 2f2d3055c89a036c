//! What only tests may do. Compiled in by the feature `test-controls`, and served where whoever composes an instance says
//! so; `ohlc-server` does not.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio_util::task::TaskTracker;

use crate::fail_points::FailPoints;
use crate::l1::L1;
use crate::server::idle;
use crate::telemetry::LogWriter;

/// What tests reach.
pub(crate) struct Controls {
    pub(crate) memory: Arc<L1>,
    pub(crate) fail_points: Arc<FailPoints>,
    pub(crate) tasks: TaskTracker,
    pub(crate) log: LogWriter,
}

pub(super) fn routes(controls: Arc<Controls>) -> Router {
    Router::new()
        .route("/test/drop-l1", post(drop_l1))
        .route("/test/fail", post(fail))
        .route("/test/idle", post(until_idle))
        .route("/test/log", post(log))
        .with_state(controls)
}

/// Empties memory and leaves DynamoDB alone.
async fn drop_l1(State(controls): State<Arc<Controls>>) -> Json<Value> {
    Json(json!({"dropped": controls.memory.forget(|_| true)}))
}

/// Answers when no look-up and no write-through is under way.
async fn until_idle(State(controls): State<Arc<Controls>>) -> Json<Value> {
    idle(&controls.tasks).await;
    Json(json!({"idle": true}))
}

/// Writes what it is given as a line of the log, whatever its level: whoever reads the log knows how far it has been read.
async fn log(State(controls): State<Arc<Controls>>, mark: String) -> Json<Value> {
    let line = format!("{}\n", json!({ "mark": mark }));
    Json(json!({"written": controls.log.write_line(line.as_bytes()).is_ok()}))
}

/// Sets the one fail point: `{"at": "look-up", "how": "panic"}`, or `{}` for none.
async fn fail(
    State(controls): State<Arc<Controls>>,
    Json(told): Json<Value>,
) -> Result<Json<Value>, (StatusCode, String)> {
    let word = |name: &str| told.get(name).and_then(Value::as_str);
    let fault = word("at").zip(word("how"));
    controls.fail_points.tell(fault).map_err(|unknown| (StatusCode::BAD_REQUEST, unknown))?;
    Ok(Json(json!({"failing": fault.is_some()})))
}
