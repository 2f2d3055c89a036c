//! A provider's double: wiremock says what the market lists, and a front before it does what wiremock cannot.

use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer};

use super::behaviour::{Change, FaultGuard, ProviderFault};
use super::call::ProviderCall;
use super::dialect::Dialect;
use super::expected::ExpectedCandle;
use super::finnhub::Finnhub;
use super::front::Front;
use super::journaled::Journaled;
use super::listing::Listing;
use super::market::{Market, symbol};
use super::reply::Reply;
use super::resolution::Resolution;
use super::responder::Responder;
use super::tiingo::Tiingo;
use super::words::Word;
use crate::gate::{Gate, gate};
use crate::observe::journal::Journal;

/// One provider on a port of its own, gone when dropped.
///
/// Faults last until [`recovers`](Self::recovers), or for as many calls as [`FaultGuard::for_calls`] says. Gates hold
/// answers, those of faults too; a call that will hang can be awaited at one.
#[derive(Debug)]
pub struct Provider {
    journaled: Arc<Journaled>,
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
        let journaled = Arc::new(Journaled::new(dialect, market, journal, key, double.uri()));
        let (market, behaviour) = (market.clone(), Arc::clone(&journaled.behaviour));
        Mock::given(any()).respond_with(Responder { dialect, market, behaviour }).mount(&double).await;
        let calls = Arc::clone(&journaled);
        let front = Front::start(move |request, turn| {
            let journaled = Arc::clone(&calls);
            async move { journaled.take(request, turn).await }
        })
        .await?;
        let url = format!("http://{}{}", front.address, dialect.base_path());
        Ok(Self { journaled, front, url, _double: double })
    }

    /// What a server takes for the provider's base URL.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// See [`Market::lists`].
    pub fn lists(&self, ticker: &str) -> Listing {
        self.journaled.market.lists(ticker)
    }

    /// See [`Market::lists_recorded`].
    ///
    /// # Panics
    ///
    /// When a line is no daily row.
    pub fn lists_recorded(&self, ticker: &str, csv: &str) -> Listing {
        self.journaled.market.lists_recorded(ticker, csv)
    }

    /// See [`Market::delists`].
    pub fn delists(&self, ticker: &str) {
        self.journaled.market.delists(ticker);
    }

    /// See [`Market::expected`].
    pub fn expected(
        &self,
        ticker: &str,
        resolution: impl Word<Resolution>,
        first: impl Word<NaiveDate>,
        last: impl Word<NaiveDate>,
    ) -> Vec<ExpectedCandle> {
        self.journaled.market.expected(ticker, resolution, first, last)
    }

    /// Accepts this key from now on, and no other.
    pub fn accepts_key(&self, key: &str) {
        self.journaled.behaviour.accepts_key(key);
    }

    /// Refuses with this status, in the provider's own words.
    pub fn answers(&self, status: u16) -> FaultGuard {
        self.journaled.behaviour.suffers(ProviderFault::Refuses { status, retry_after: None })
    }

    /// Refuses with 429, and `Retry-After` when the seconds are given.
    pub fn rate_limited(&self, retry_after: Option<u32>) -> FaultGuard {
        self.journaled.behaviour.suffers(ProviderFault::Refuses { status: 429, retry_after })
    }

    /// Refuses with 401, whatever the key.
    pub fn unauthorized(&self) -> FaultGuard {
        self.answers(401)
    }

    /// Refuses with 503.
    pub fn unavailable(&self) -> FaultGuard {
        self.answers(503)
    }

    /// Sends whoever asks elsewhere, with 302.
    pub fn redirects_to(&self, location: impl Into<String>) -> FaultGuard {
        self.journaled.behaviour.suffers(ProviderFault::Redirects { location: location.into() })
    }

    /// Replies with this, whatever is asked.
    pub fn replies(&self, reply: Reply) -> FaultGuard {
        self.journaled.behaviour.suffers(ProviderFault::Replies(reply))
    }

    /// Answers what it knows, changed; `how` ends the sentence "it answers …" in the journal.
    pub fn answers_changed(
        &self,
        how: &'static str,
        change: impl Fn(Reply) -> Reply + Send + Sync + 'static,
    ) -> FaultGuard {
        self.journaled.behaviour.suffers(ProviderFault::Changes { how, change: Change(Arc::new(change)) })
    }

    /// Refuses with this status and these headers, in the provider's own words.
    pub fn refuses_with(&self, status: u16, headers: &[(&str, &str)]) -> FaultGuard {
        let refusal = self.journaled.dialect.refusal(status);
        self.replies(headers.iter().fold(refusal, |reply, (name, value)| reply.header(name, value)))
    }

    /// Takes the call and never answers. A call that hangs goes on hanging after recovery.
    pub fn hangs(&self) -> FaultGuard {
        self.journaled.behaviour.suffers(ProviderFault::Hangs)
    }

    /// Ends the connection instead of answering.
    pub fn drops_connections(&self) -> FaultGuard {
        self.journaled.behaviour.suffers(ProviderFault::Drops)
    }

    /// Ends the connection as a system does that knows of none.
    pub fn resets_connections(&self) -> FaultGuard {
        self.journaled.behaviour.suffers(ProviderFault::Resets)
    }

    /// Answers, but this much later.
    pub fn answers_after(&self, delay: Duration) -> FaultGuard {
        self.journaled.behaviour.suffers(ProviderFault::Delays(delay))
    }

    /// Ends all faults.
    pub fn recovers(&self) {
        self.journaled.behaviour.recovers();
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
        self.journaled.behaviour.holds(ticker, barrier);
        gate
    }

    /// The calls so far, answered or not.
    pub fn calls(&self) -> Vec<ProviderCall> {
        let dialect = self.journaled.dialect;
        let exchanges = self.journaled.journal.to(dialect.peer());
        exchanges.iter().filter_map(|exchange| ProviderCall::read(dialect, exchange)).collect()
    }

    /// The calls so far about one ticker, in any spelling.
    pub fn calls_about(&self, ticker: &str) -> Vec<ProviderCall> {
        let about = |call: &ProviderCall| call.ticker.as_deref().map(symbol) == Some(symbol(ticker));
        self.calls().into_iter().filter(about).collect()
    }

    /// The calls so far that the double has no answer to, though the provider may, each with what of it is not known. It
    /// refuses them with 400.
    pub fn calls_not_known(&self) -> Vec<String> {
        self.journaled.behaviour.not_known()
    }

    /// How many connections were opened to it so far.
    pub fn connections(&self) -> usize {
        self.front.connections()
    }

    /// Ends the connections that were kept by now, without a word, as a server does that waits no longer.
    pub fn closes_kept_connections(&self) {
        self.front.close_connections();
    }

    /// Ends every connection, and waits until no task of the front is left.
    pub async fn stop(self) {
        self.front.stop().await;
    }
}
