//! The dashboard: its page at `/tickers/{ticker}`, what it is made of at `/assets/{file}`, and the token that it begins
//! with at `/dashboard.json`.
//!
//! All of it is read once, before anything listens, so no path of a client ever reaches a file system.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::extract::Path as Named;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use bytes::Bytes;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use crate::error::Failure;

/// Nothing from any other host, and no inline script.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);
/// The page names its assets, so a browser must ask whether it is still the same one.
const ASK_FIRST: HeaderValue = HeaderValue::from_static("no-cache");
/// An asset has its content's hash in its name, so it never changes.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// What is served to people.
#[derive(Clone)]
pub enum Dashboard {
    /// The page.
    Built(Built),
    /// There is no page, and this is what to do about it.
    Missing(String),
}

/// A page with everything that it is made of.
#[derive(Clone)]
pub struct Built {
    page: Bytes,
    assets: BTreeMap<String, (&'static str, Bytes)>,
    token: Option<SecretString>,
}

/// A folder that holds no dashboard, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[error("{} holds no dashboard: {cause}; build it with `npm ci && npm run build` in server/web, then name server/web/dist", folder.display())]
pub struct Unreadable {
    folder: PathBuf,
    cause: io::Error,
}

impl Dashboard {
    /// Reads what `npm run build` left in a folder: `index.html`, and `assets` with files alone. `may_be_served` tells of a
    /// folder and a file, where no link is left in either.
    ///
    /// # Errors
    /// When that is not there, or not all of it may be served.
    pub async fn read(
        folder: &Path,
        may_be_served: &(dyn Fn(&Path, &Path) -> bool + Sync),
    ) -> Result<Self, Unreadable> {
        let built = async {
            let source = Source { folder: tokio::fs::canonicalize(folder).await?, may_be_served };
            let page = source.file("index.html".as_ref()).await?;
            Ok(Built { page, assets: source.assets().await?, token: None })
        };
        built.await.map(Self::Built).map_err(|cause| Unreadable { folder: folder.into(), cause })
    }

    /// Lets the page begin with this token, so that nobody has to type it: for a server that everybody may read anyway.
    #[must_use]
    pub fn with_token(self, token: &str) -> Self {
        match self {
            Self::Built(built) => Self::Built(Built { token: Some(SecretString::from(token)), ..built }),
            Self::Missing(advice) => Self::Missing(advice),
        }
    }
}

impl fmt::Debug for Dashboard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Built(built) => write!(f, "Built({} assets)", built.assets.len()),
            Self::Missing(advice) => write!(f, "Missing({advice})"),
        }
    }
}

/// A folder that is being read.
struct Source<'a> {
    folder: PathBuf,
    may_be_served: &'a (dyn Fn(&Path, &Path) -> bool + Sync),
}

impl Source<'_> {
    async fn assets(&self) -> io::Result<BTreeMap<String, (&'static str, Bytes)>> {
        let mut assets = BTreeMap::new();
        let mut entries = tokio::fs::read_dir(self.folder.join("assets")).await?;
        while let Some(entry) = entries.next_entry().await? {
            let name = entry.file_name().to_string_lossy().into_owned();
            if let Some(content_type) = content_type(&name) {
                assets.insert(name, (content_type, self.file(&entry.path()).await?));
            }
        }
        Ok(assets)
    }

    /// A file, if it may be served. What is none may never come to an end.
    async fn file(&self, path: &Path) -> io::Result<Bytes> {
        let found = tokio::fs::canonicalize(self.folder.join(path)).await?;
        if !(self.may_be_served)(&self.folder, &found) {
            return Err(io::Error::other(format!("{} is a link that leads out of it", path.display())));
        }
        if !tokio::fs::metadata(&found).await?.is_file() {
            return Err(io::Error::other(format!("{} is no file", path.display())));
        }
        Ok(tokio::fs::read(found).await?.into())
    }
}

/// Whether a file lies inside of a folder. What is served is public, so nothing from elsewhere may be among it.
pub fn is_inside(folder: &Path, file: &Path) -> bool {
    file.starts_with(folder)
}

/// The types of what a build leaves; anything else is nothing that the page asks for.
fn content_type(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        _ => return None,
    })
}

/// The dashboard's routes; a server that was given no dashboard has none.
pub(super) fn routes(dashboard: Option<Dashboard>) -> Router {
    let Some(dashboard) = dashboard else { return Router::new() };
    let dashboard = Arc::new(dashboard);
    let page = Arc::clone(&dashboard);
    let asset = Arc::clone(&dashboard);
    Router::new()
        .route("/tickers/{ticker}", get(move || async move { page_of(&page) }))
        .route("/assets/{file}", get(move |Named(file): Named<String>| async move { asset_of(&asset, &file) }))
        .route("/dashboard.json", get(move || async move { beginning_of(&dashboard) }))
}

fn page_of(dashboard: &Dashboard) -> Response {
    match dashboard {
        Dashboard::Built(built) => {
            let headers =
                [(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")), (CACHE_CONTROL, ASK_FIRST)];
            (headers, protection(), built.page.clone()).into_response()
        }
        Dashboard::Missing(advice) => {
            (StatusCode::SERVICE_UNAVAILABLE, protection(), format!("There is no dashboard here yet: {advice}\n"))
                .into_response()
        }
    }
}

fn asset_of(dashboard: &Dashboard, file: &str) -> Result<Response, Failure> {
    let Dashboard::Built(built) = dashboard else { return Err(Failure::NoSuchRoute) };
    let (content_type, content) = built.assets.get(file).ok_or(Failure::NoSuchRoute)?;
    let headers = [(CONTENT_TYPE, HeaderValue::from_static(content_type)), (CACHE_CONTROL, FOR_EVER)];
    Ok((headers, protection(), content.clone()).into_response())
}

fn beginning_of(dashboard: &Dashboard) -> Json<serde_json::Value> {
    let token = match dashboard {
        Dashboard::Built(Built { token: Some(token), .. }) => Some(token.expose_secret()),
        _ => None,
    };
    Json(json!({ "token": token }))
}

fn protection() -> [(HeaderName, HeaderValue); 3] {
    [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ]
}
