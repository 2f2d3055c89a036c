//! A provider's double: wiremock says what the market lists, and a front before it does what wiremock cannot.

use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request};

use super::call::ProviderCall;
use super::conduct::{Spell, Trouble};
use super::desk::Desk;
use super::dialect::Dialect;
use super::expected::ExpectedCandle;
use super::finnhub::Finnhub;
use super::front::Front;
use super::listing::Listing;
use super::market::{Market, symbol};
use super::resolution::Resolution;
use super::tiingo::Tiingo;
use super::words::Word;
use crate::gate::{Gate, gate};
use crate::observe::journal::Journal;

/// One provider on a port of its own, gone when dropped.
///
/// Troubles last until [`recovers`](Self::recovers), or for as many calls as [`Spell::for_calls`] says. Gates hold
/// answers, those of troubles too; a call that will hang can be awaited at one.
#[derive(Debug)]
pub struct Provider {
    desk: Arc<Desk>,
    front: Front,
    url: String,
    /// Answers as long as it is held.
    _double: MockServer,
}

impl Provider {
    /// Tiingo, which accepts `key`.
    ///
    /// # Errors
    ///
    /// When loopback has no port to listen on.
    pub async fn tiingo(market: &Market, journal: &Journal, key: &str) -> anyhow::Result<Self> {
        Self::start(&Tiingo, market, journal, key).await
    }

    /// Finnhub, which accepts `key`.
    ///
    /// # Errors
    ///
    /// When loopback has no port to listen on.
    pub async fn finnhub(market: &Market, journal: &Journal, key: &str) -> anyhow::Result<Self> {
        Self::start(&Finnhub, market, journal, key).await
    }

    async fn start(
        dialect: &'static dyn Dialect,
        market: &Market,
        journal: &Journal,
        key: &str,
    ) -> anyhow::Result<Self> {
        // The journal keeps what wiremock would record.
        let double = MockServer::builder().disable_request_recording().start().await;
        let desk = Arc::new(Desk::new(dialect, market, journal, key, double.uri()));
        let listed = Arc::clone(&desk);
        Mock::given(any()).respond_with(move |request: &Request| listed.listed(request)).mount(&double).await;
        let calls = Arc::clone(&desk);
        let front = Front::start(move |request| {
            let desk = Arc::clone(&calls);
            async move { desk.take(request).await }
        })
        .await?;
        let url = format!("http://{}{}", front.address, dialect.base_path());
        Ok(Self { desk, front, url, _double: double })
    }

    /// What a server takes for the provider's base URL.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// See [`Market::lists`].
    pub fn lists(&self, ticker: &str) -> Listing {
        self.desk.market.lists(ticker)
    }

    /// See [`Market::lists_recorded`].
    ///
    /// # Panics
    ///
    /// When a line is no daily row.
    pub fn lists_recorded(&self, ticker: &str, csv: &str) -> Listing {
        self.desk.market.lists_recorded(ticker, csv)
    }

    /// See [`Market::delists`].
    pub fn delists(&self, ticker: &str) {
        self.desk.market.delists(ticker);
    }

    /// See [`Market::expected`].
    pub fn expected(
        &self,
        ticker: &str,
        resolution: impl Word<Resolution>,
        first: impl Word<NaiveDate>,
        last: impl Word<NaiveDate>,
    ) -> Vec<ExpectedCandle> {
        self.desk.market.expected(ticker, resolution, first, last)
    }

    /// Accepts this key from now on, and no other.
    pub fn accepts_key(&self, key: &str) {
        self.desk.conduct.accepts_key(key);
    }

    /// Refuses with this status, in the provider's own words.
    pub fn answers(&self, status: u16) -> Spell {
        self.desk.conduct.suffers(Trouble::Refuses { status, retry_after: None })
    }

    /// Refuses with 429, and `Retry-After` when the seconds are given.
    pub fn rate_limited(&self, retry_after: Option<u32>) -> Spell {
        self.desk.conduct.suffers(Trouble::Refuses { status: 429, retry_after })
    }

    /// Refuses with 401, whatever the key.
    pub fn unauthorized(&self) -> Spell {
        self.answers(401)
    }

    /// Refuses with 503.
    pub fn unavailable(&self) -> Spell {
        self.answers(503)
    }

    /// Takes the call and never answers. A call that hangs goes on hanging after recovery.
    pub fn hangs(&self) -> Spell {
        self.desk.conduct.suffers(Trouble::Hangs)
    }

    /// Ends the connection instead of answering.
    pub fn drops_connections(&self) -> Spell {
        self.desk.conduct.suffers(Trouble::Drops)
    }

    /// Answers, but this much later.
    pub fn answers_after(&self, delay: Duration) -> Spell {
        self.desk.conduct.suffers(Trouble::Delays(delay))
    }

    /// Ends all troubles.
    pub fn recovers(&self) {
        self.desk.conduct.recovers();
    }

    /// Holds the answers to all calls that arrive from now on. They say what the provider knew when it was asked.
    #[must_use = "a gate opens when it is dropped"]
    pub fn hold_answers(&self) -> Gate {
        self.hold(None)
    }

    /// As [`hold_answers`](Self::hold_answers), for the calls about one ticker.
    #[must_use = "a gate opens when it is dropped"]
    pub fn hold_answers_about(&self, ticker: &str) -> Gate {
        self.hold(Some(ticker))
    }

    fn hold(&self, ticker: Option<&str>) -> Gate {
        let (gate, barrier) = gate();
        self.desk.conduct.holds(ticker, barrier);
        gate
    }

    /// The calls so far, answered or not.
    pub fn calls(&self) -> Vec<ProviderCall> {
        let dialect = self.desk.dialect;
        let exchanges = self.desk.journal.to(dialect.party());
        exchanges.iter().filter_map(|exchange| ProviderCall::read(dialect, exchange)).collect()
    }

    /// The calls so far about one ticker, in any spelling.
    pub fn calls_about(&self, ticker: &str) -> Vec<ProviderCall> {
        let about = |call: &ProviderCall| call.ticker.as_deref().map(symbol) == Some(symbol(ticker));
        self.calls().into_iter().filter(about).collect()
    }

    /// How many connections were opened to it so far.
    pub fn connections(&self) -> usize {
        self.front.connections()
    }

    /// Ends every connection, and waits until no task of the front is left.
    pub async fn stop(self) {
        self.front.stop().await;
    }
}
