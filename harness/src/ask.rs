//! Questions that a scenario puts to a server under test.

use std::fmt;

use chrono::NaiveDate;

use crate::providers::Word;

/// A request for candles, as a client would write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    ticker: String,
    parameters: Vec<(String, String)>,
    headers: Vec<(String, String)>,
}

/// A request for candles of this ticker, without parameters.
pub fn ohlc(ticker: &str) -> Ask {
    Ask { ticker: ticker.to_owned(), parameters: Vec::new(), headers: Vec::new() }
}

impl Ask {
    /// Adds `range=…`.
    pub fn range(self, range: &str) -> Self {
        self.with("range", range)
    }

    /// Adds `resolution=…`.
    pub fn resolution(self, resolution: &str) -> Self {
        self.with("resolution", resolution)
    }

    /// Adds `start_date=…&end_date=…`.
    pub fn between(self, first: impl Word<NaiveDate>, last: impl Word<NaiveDate>) -> Self {
        self.with("start_date", &first.meaning().to_string()).with("end_date", &last.meaning().to_string())
    }

    /// Adds a parameter, whatever it is.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.parameters.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The headers to send besides the credentials.
    pub(crate) fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// Path and query.
    pub(crate) fn path(&self) -> String {
        let escape = |text: &str| url_escape(text);
        let query: Vec<String> =
            self.parameters.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("/api/v2/tickers/{}/ohlc{mark}{}", escape(&self.ticker), query.join("&"))
    }
}

impl fmt::Display for Ask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path())
    }
}

/// Escapes whatever has a meaning in a URL, or lies outside ASCII.
fn url_escape(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
