//! What a request to a provider asks for.

use wiremock::http::Url;

/// A request's path and query, decoded.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
}

impl Asked {
    /// Reads the path and query of a request line.
    pub(super) fn read(target: &str) -> Option<Self> {
        Url::parse("http://provider").and_then(|provider| provider.join(target)).ok().as_ref().map(Self::from)
    }

    /// The path between its slashes.
    pub(super) fn steps(&self) -> Vec<&str> {
        self.path.split('/').skip(1).collect()
    }

    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl From<&Url> for Asked {
    fn from(url: &Url) -> Self {
        Self { path: url.path().to_owned(), query: url.query_pairs().into_owned().collect() }
    }
}

/// The path and query as sent, but for secrets: what both APIs call `token`, and the key wherever it stands.
pub(super) fn without_secrets(path: &str, query: Option<&str>, key: &str) -> String {
    let Some(query) = query else { return masked(path, key) };
    let pairs = query.split('&').map(|pair| if pair.starts_with("token=") { "token=***" } else { pair });
    masked(&format!("{path}?{}", pairs.collect::<Vec<_>>().join("&")), key)
}

fn masked(text: &str, key: &str) -> String {
    if key.is_empty() { text.to_owned() } else { text.replace(key, "***") }
}
