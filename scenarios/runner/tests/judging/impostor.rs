//! A server that is no OHLC cache at all.

use std::future::pending;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, bail};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use harness::Need;
use harness::targets::{Instance, Launch, Target};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// How a server behaves that is no OHLC cache at all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Conduct {
    AnswersEmpty,
    /// Looks like a cache, and asks nobody.
    AnswersTheSame,
    AnswersError,
    Hangs,
    DoesNotStart,
}

pub(crate) struct Impostor {
    conduct: Conduct,
    can: &'static [Need],
}

impl Impostor {
    /// One that can do little.
    pub(crate) fn who(conduct: Conduct) -> Arc<dyn Target> {
        Arc::new(Self { conduct, can: &[Need::DropL1, Need::Logs] })
    }

    /// One that says that it can do everything, so that nothing is left out.
    pub(crate) fn who_claims_everything(conduct: Conduct) -> Arc<dyn Target> {
        Arc::new(Self { conduct, can: Need::ALL })
    }
}

impl Target for Impostor {
    fn name(&self) -> String {
        format!("a server that {:?}", self.conduct)
    }

    fn can(&self) -> &'static [Need] {
        self.can
    }

    /// Short, because one of them never answers.
    fn patience(&self) -> Duration {
        Duration::from_millis(300)
    }

    fn with_defect(&self, defect: &str) -> Option<Arc<dyn Target>> {
        (defect == "ticker-case-kept").then(|| Self::who(self.conduct))
    }

    fn alarms(&self) -> Option<&str> {
        Some(include_str!("../../../../server/deploy/alarms.json"))
    }

    fn start(&self, _: Launch) -> BoxFuture<'_, anyhow::Result<Box<dyn Instance>>> {
        let conduct = self.conduct;
        async move {
            if conduct == Conduct::DoesNotStart {
                bail!("it has no table");
            }
            let answer = move || async move {
                match conduct {
                    Conduct::AnswersTheSame => the_same(),
                    Conduct::AnswersError => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
                    Conduct::Hangs => pending().await,
                    _ => StatusCode::OK.into_response(),
                }
            };
            let listener = TcpListener::bind("127.0.0.1:0").await?;
            let url = format!("http://{}", listener.local_addr()?);
            let serving = tokio::spawn(axum::serve(listener, Router::new().fallback(answer)).into_future());
            Ok(Box::new(Running { url, serving: Mutex::new(Some(serving)) }) as Box<dyn Instance>)
        }
        .boxed()
    }
}

/// An answer that nothing is wrong with but that it is always this one.
fn the_same() -> Response {
    let headers = [("x-cache-source", "tiingo"), ("x-cache-age", "0"), ("x-cache-key", "ohlc:AAPL:D:1W:2026-02-03")];
    let candle = json!({"date": "2026-02-03", "open": 1, "high": 1, "low": 1, "close": 1, "volume": 1});
    let body = json!({
        "ticker": "AAPL",
        "time_range": "1W",
        "resolution": "D",
        "resolution_fallback": false,
        "fallback_message": null,
        "start_date": "2026-01-27",
        "end_date": "2026-02-03",
        "count": 1,
        "source": "tiingo",
        "cache_expires_at": "2026-05-04T22:00:00Z",
        "stale": false,
        "candles": [candle],
    });
    (headers, Json(body)).into_response()
}

struct Running {
    url: String,
    serving: Mutex<Option<JoinHandle<std::io::Result<()>>>>,
}

impl Instance for Running {
    fn url(&self) -> &str {
        &self.url
    }

    fn drop_l1(&self) -> BoxFuture<'_, anyhow::Result<()>> {
        async { Ok(()) }.boxed()
    }

    fn idle(&self) -> BoxFuture<'_, anyhow::Result<()>> {
        async { Ok(()) }.boxed()
    }

    fn fail_at(&self, _: Option<(&str, &str)>) -> BoxFuture<'_, anyhow::Result<()>> {
        async { Ok(()) }.boxed()
    }

    fn lose_sink(&self) -> anyhow::Result<()> {
        Ok(())
    }

    fn leave_log_unread(&self) -> anyhow::Result<()> {
        Ok(())
    }

    fn peak_memory(&self) -> anyhow::Result<u64> {
        Ok(0)
    }

    fn logs(&self) -> String {
        String::new()
    }

    fn stop(&self) -> BoxFuture<'_, anyhow::Result<()>> {
        let serving = self.serving.lock().unwrap_or_else(PoisonError::into_inner).take();
        async move {
            serving.context("it was stopped before")?.abort();
            Ok(())
        }
        .boxed()
    }
}
