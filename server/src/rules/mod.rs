//! Every decision of the specification, as one value.
//!
//! [`Rules::default`] *is* the specification. A rule is a number, a duration, or the very function that takes the
//! decision; nothing else in the server decides. So a defect is a change to one rule, made from outside, and
//! production code knows of no defect.

mod declaration;
mod value;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use std::{io, ops};

use aws_sdk_dynamodb::config::retry::RetryPartition;
use aws_sdk_dynamodb::config::{SharedCredentialsProvider, SharedHttpClient};
use aws_sdk_dynamodb::types::WriteRequest;
use axum::http::HeaderMap;
use chrono::{DateTime, NaiveDate, Utc};
use futures_util::future::BoxFuture;
use reqwest::{Client, Response};
use rust_decimal::Decimal;
use serde_json::Value;
use tracing::Span;

use self::declaration::rules;
pub use self::declaration::{RuleLine, RuleSetting};
pub use self::value::RuleValue;
use crate::answer::{self, Answer, Source};
use crate::cache_layer::{self, CacheLayer};
use crate::candle::{self, Arranged, Candle, Flaw, Stamp};
use crate::completeness;
use crate::error::{self, Failure};
use crate::flights;
use crate::freshness::{self, Storing};
use crate::http::auth::{self, Authority};
use crate::http::envelope;
use crate::key;
use crate::l1::{self, Entries};
use crate::market::{self, Session};
use crate::pipeline;
use crate::providers::{self, Harvest, Provider, ProviderError, Unreadable};
use crate::request::{self, Expected, Range, Request, Resolution, Window};
use crate::server;
use crate::settings::{self, AwsSettings};
use crate::store::items::StoredCandle;
use crate::store::{self, Breaker, Claim, Condition, StoreError, batch_write, breaker, coverage, items, lock, query};
use crate::telemetry::{self, Alarm, Layer, LogWriter, Metrics, Published};
use crate::warming;
use crate::write_through::{self, Bond};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

rules! {
    values {
        /// How long DynamoDB keeps a candle whose session is over.
        ttl_finished: Duration = 90 * DAY, setting "OHLC_TTL_FINISHED", from "R4";
        /// How long anything counts as fresh whose session is still trading.
        ttl_unfinished: Duration = Duration::from_secs(300), setting "OHLC_TTL_UNFINISHED", from "R7";
        /// How long an answer lives in memory, unless its own freshness ends earlier.
        l1_ttl: Duration = Duration::from_secs(3600), setting "OHLC_L1_TTL", from "R6";
        /// How long after its close a bucket that the provider lacks counts as late rather than as absent for good.
        absence_settles: Duration = DAY, setting "OHLC_ABSENCE_SETTLES", from "ours: a provider publishes the day's bar hours after the close";
        /// The longest time that a setting may name.
        longest_time: Duration = 36_525 * DAY, from "ours: the calendar ends somewhere, and what is added to the present must stay within it";
        /// How long a lock is held at most: what a crashed holder costs.
        lock_lease: Duration = Duration::from_secs(30), setting "OHLC_LOCK_LEASE", from "R4, R18";
        /// How often a waiter looks for the holder's candles before it fetches them itself.
        lock_polls: u32 = 15, setting "OHLC_LOCK_POLLS", from "R6, R7";
        /// The pause before each of these looks.
        lock_poll_every: Duration = Duration::from_millis(200), setting "OHLC_LOCK_POLL_EVERY", from "R6, R7";
        /// How often whoever has taken the lock looks into DynamoDB once more before asking the provider.
        looks_under_lock: u32 = 1, from "R6";
        /// A first look into DynamoDB that took longer leaves no time for the lock: the provider is asked at once.
        slow_look: Duration = Duration::from_secs(1), setting "OHLC_SLOW_LOOK", from "ours: what is left of the ceiling belongs to the provider";
        /// Whether the first look into DynamoDB is strongly consistent.
        first_look_strong: bool = false, from "R6 over R7: half the price on the happy path";
        /// Whether waiters and the second look read strongly consistent.
        later_looks_strong: bool = true, from "R6, R7";
        /// How often unprocessed items of a batch are sent again.
        batch_retries: u32 = 3, setting "OHLC_BATCH_RETRIES", from "R3";
        /// The pause before the first of these; it doubles each time.
        batch_backoff: Duration = Duration::from_millis(50), setting "OHLC_BATCH_BACKOFF", from "R3";
        /// Consecutive DynamoDB failures that open the breaker.
        breaker_threshold: u32 = 3, setting "OHLC_BREAKER_THRESHOLD", from "R3";
        /// How long an open breaker keeps requests away from DynamoDB before one may probe it.
        breaker_cooldown: Duration = Duration::from_secs(60), setting "OHLC_BREAKER_COOLDOWN", from "R3";
        /// Whether others may probe DynamoDB, too, while one does.
        breaker_probes_together: bool = false, from "R3";
        /// Whether a call that began before the breaker opened closes it when it succeeds.
        breaker_closed_by_latecomers: bool = false, from "R3: it says nothing about DynamoDB now; the probe does";
        /// Attempts of one DynamoDB call, by the SDK's own retry.
        dynamodb_attempts: u32 = 2, setting "OHLC_DYNAMODB_ATTEMPTS", from "ours: the 5 s ceiling leaves no room for more";
        /// How long one DynamoDB call may take, retries included.
        dynamodb_timeout: Duration = Duration::from_secs(2), setting "OHLC_DYNAMODB_TIMEOUT", from "ours: a hanging DynamoDB must leave time for the provider";
        /// How long one provider call may take.
        provider_timeout: Duration = Duration::from_secs(4), setting "OHLC_PROVIDER_TIMEOUT", from "R15";
        /// How long an answer may take; past it, whatever is at hand is served.
        ceiling: Duration = Duration::from_secs(5), setting "OHLC_CEILING", from "R15";
        /// What the ceiling must leave after a provider's timeout.
        ceiling_margin: Duration = Duration::from_millis(800), setting "OHLC_CEILING_MARGIN", from "R15";
        /// How long DynamoDB is asked once more when the ceiling has passed and memory has nothing.
        last_look: Duration = Duration::from_millis(100), setting "OHLC_LAST_LOOK", from "R15";
        /// How long an answer that is ready waits for its own write-through, so that the next instance already reads it.
        write_wait: Duration = Duration::from_secs(1), setting "OHLC_WRITE_WAIT", from "W 4, then ours: bounded, so that a slow table does not hold the visitor";
        /// How often a provider key that was refused is read again, and the call repeated with it.
        key_retries: u32 = 1, from "contract";
        /// What a client is told to wait when nothing could be served.
        retry_after: Duration = Duration::from_secs(5), setting "OHLC_RETRY_AFTER", from "R14";
        /// How often metrics are written in embedded metric format.
        metrics_every: Duration = Duration::from_secs(10), setting "OHLC_METRICS_EVERY", from "ours: CloudWatch looks at minutes";
        /// How many values of a metric one document holds at most.
        values_in_a_document: u32 = 100, from "contract: CloudWatch takes no more of them";
        /// Whether a window is served from DynamoDB only when all its candles were fetched together.
        one_fetch: bool = true, from "ours: interleaved writers and a split between two fetches would mix adjusted prices";
        /// Whether each further look of a request into DynamoDB counts as a hit or a miss of its own.
        later_looks_counted: bool = false, from "ours: one look-up, one hit or one miss, or their rate says nothing";
        /// Whether an instance that is told to stop refuses new connections at once.
        refuses_while_stopping: bool = true, from "F10";
        /// Whether an instance that is told to stop finishes what is under way first, writes included.
        finishes_while_stopping: bool = true, from "W, F10";
        /// Whether an instance that stops writes the metrics since the last flush.
        last_flush: bool = true, from "ours: what came in the last seconds is what an operator looks for";
        /// Whether candles are read oldest first.
        ascending: bool = true, from "W 6";
    }
    functions {
        /// The table's name, given the setting.
        table_name: fn(Option<&str>) -> Result<String, String> = settings::table_name,
            decides "as set; without one, or with one that is none, the server does not start", from "R1";
        /// Whether a variable whose text is no UTF-8 stops the start.
        must_be_text: fn(&str) -> bool = settings::is_setting, decides "if it is a setting, ours or AWS's; others are not read", from "ours: half a secret must not be taken for a whole one";
        /// What is said of a setting's text that is malformed.
        malformed: fn(&str, &str) -> Option<String> = settings::malformed, decides "the server does not start; told without the text, which may be secret", from "R1, E26";
        /// Whether a setting may be zero.
        may_be_zero: fn(&str) -> bool = settings::may_be_zero,
            decides "not where nothing would work then: timeouts, attempts, the breaker's threshold, the pace of metrics", from "E26, then ours";
        /// What is wrong between settings that are good alone.
        time_budget: fn(&Rules) -> Vec<String> = settings::time_budget,
            decides "a lease is twice a provider's timeout; the ceiling leaves ceiling_margin after one", from "R15, D14";
        /// What an operator is told of a key file that cannot be read.
        unreadable_key: fn(&Unreadable) -> String = Unreadable::to_string, decides "the file, the cause, and what to permit", from "E25";
        /// What a client is told of a failure.
        told: fn(&Failure) -> String = Failure::to_string, decides "one sentence that says what to do, and nothing of the cause", from "R14, S4";
        /// When a client is told to come back.
        comes_back: fn(&Failure) -> Option<Duration> = Failure::retry_after, decides "429: as the provider said; 503: after retry_after", from "R14, contract";
        /// Which failures are kept, and served to later requests too.
        kept_failure: fn(&Failure) -> bool = flights::keeps, decides "none", from "W 5";
        /// Whether a provider's answer is worth keeping.
        worth_keeping: fn(&Harvest) -> bool = completeness::worth_keeping, decides "if it holds candles: no candles today say nothing about tomorrow", from "W 5";
        /// Whether the other provider is asked after a failure of the preferred one.
        falls_back: fn(ProviderError, Resolution) -> bool = providers::falls_back,
            decides "always, except that a ticker without daily candles is unknown", from "contract";
        /// How much longer a provider that asked to be left alone until then is left alone now.
        left_alone: fn(DateTime<Utc>, DateTime<Utc>) -> Option<Duration> = providers::left_alone, decides "until then", from "contract";
        /// What a failed look into DynamoDB means for the request.
        read_failed: fn(StoreError) -> Result<(), Failure> = store::never_fails_a_request, decides "nothing: the provider is asked", from "R3, W";
        /// What a failed write-through means for the request that it follows.
        write_failed: fn(StoreError) -> Result<(), Failure> = store::never_fails_a_request, decides "nothing: the answer is served", from "R3, W";
        /// What it means for a request that the last metrics could not be written.
        metrics_lost: fn() -> Result<(), Failure> = telemetry::never_fails_a_request, decides "nothing: the answer is served", from "E6";
        /// What an operator learns of a DynamoDB call that failed: its operation and the cause.
        store_failure: fn(&Metrics, &'static str, &str) = store::report, decides "an error in the log, and CacheError by operation", from "R3";
        /// By how much a metric grows that may raise an alarm.
        alarm_worth: fn(&Alarm) -> u64 = telemetry::worth, decides "a failed call, an opening, a cut page: one; items: as many as are given up; a failed probe: nothing", from "R3, R4, M1-M5";
        /// The span of a request, given its id and its method. Made while the logs of its own instance are the ones to be written.
        request_span: fn(&str, &str) -> Span = telemetry::request_span, decides "in these logs, with fields for ticker, resolution and key", from "O1";
        /// The span of what a layer does for a request.
        layer_span: fn(Layer) -> Span = telemetry::layer_span, decides "one a layer, under the request's", from "O3";
        /// The span of a task that works for a request.
        task_span: fn() -> Span = telemetry::task_span, decides "the request's", from "O1";
        /// The id of a request, given its headers.
        request_id: fn(&HeaderMap) -> String = envelope::request_id, decides "the client's, when it is well-formed, or a new one", from "contract";
        /// How a provider is called.
        provider_call: fn(&Client, reqwest::Request) -> BoxFuture<'static, reqwest::Result<Response>> = providers::call, decides "over the wire, each time, on connections that are kept", from "R2, R7";
        /// How CloudWatch is told of a metric, given its name, its labels and the time.
        published: fn(&str, &[(&str, &str)], DateTime<Utc>) -> Published = telemetry::published,
            decides "under its own name, by its labels, and added up over them for the alarms", from "R1, R3, contract";
        /// How a document of metrics is written among the lines of the log.
        document_written: fn(&LogWriter, &Value) -> io::Result<()> = telemetry::in_one_piece,
            decides "as one line, in one piece: a line of somebody else's may come at any time", from "ours: CloudWatch reads a line as a document, or not at all";
        /// Where AWS credentials come from, given where the SDK finds them.
        credentials: fn(SharedCredentialsProvider) -> SharedCredentialsProvider = server::asked_again, decides "from there, asked again when they expire", from "E10";
        /// What an instance may spend on sending failed DynamoDB calls again.
        retry_budget: fn() -> RetryPartition = server::retry_budget, decides "the SDK's own measure, for each instance by itself", from "ours: instances of one process share nothing";
        /// The HTTP client beneath DynamoDB's.
        dynamodb_http: fn(&AwsSettings) -> SharedHttpClient = server::http_client, decides "one pool; a broken connection is replaced by a new one", from "R3, R7";
        /// What is sent after an attempt at a batch, of which so much came back unprocessed.
        sent_again: fn(&[WriteRequest], Vec<WriteRequest>) -> Vec<WriteRequest> = batch_write::unprocessed_only, decides "what came back, and nothing else", from "R3";
        /// The pause before unprocessed items are sent again, by the number of the retry, from 0.
        batch_pause: fn(u32, &Rules) -> Duration = batch_write::pause, decides "batch_backoff, doubled each time", from "R3";
        /// Which items of a write that failed for good are removed again.
        rolled_back: fn(Vec<items::Item>) -> Vec<items::Item> = batch_write::all_of_them, decides "all", from "R15";
        /// The text that names a request's answer in memory, in headers and in logs.
        cache_key: fn(&Request) -> String = key::cache_key,
            decides "ohlc:{TICKER}:{resolution}:{range}:{end date}, or …:custom:{start}:{end}", from "R5, R14, Z";
        /// The key that an answer is kept under in memory when it is there.
        kept_under: fn(&Request, DateTime<Utc>, &Rules) -> String = key::kept_under, decides "the request's own, frozen at its start", from "C14";
        /// What requests under way share one look-up by.
        flight_key: fn(&Request) -> String = key::flight_key, decides "the cache key, and the invalidations before", from "R6";
        /// Whether what was looked up after so many invalidations is kept after so many.
        outlives_invalidations: fn(u64, u64) -> bool = l1::outlives, decides "only if there was none in between", from "R2, F7";
        /// The partition key of a request's lock.
        lock_key: fn(&Request) -> String = key::lock_key, decides "LOCK#{cache key}", from "R5";
        /// What must hold of a lock for it to be taken, at this instant under this number.
        lock_is_free: fn(DateTime<Utc>, i64) -> Condition = lock::is_free, decides "there is none, or its lease has ended", from "R5, R18";
        /// What must hold of a lock for it to be given back by this holder.
        lock_is_ours: fn(&str) -> Condition = lock::is_ours, decides "LockHolder still names the one who took it", from "R5, R18";
        /// What must hold of an earlier claim about a window for one under this fence to take its place.
        claim_is_newest: fn(i64) -> Condition = coverage::is_newest, decides "there is none, or its fence is not newer", from "R18";
        /// Whether a claim explains that these candles of a fetch are missing.
        explained: fn(&Claim, &[Expected], DateTime<Utc>) -> bool = store::explains, decides "if it is about that fetch, and names each of them", from "ours: what went missing since is no hole of the provider's";
        /// Whether the lock is tried after a look that failed.
        lock_tried_after: fn(StoreError) -> bool = lock::tried_after, decides "never: straight to the provider", from "R3";
        /// What becomes of a waiter for whom the holder did not deliver.
        waited_in_vain: fn(&Rules) -> Result<(), Failure> = pipeline::waited_in_vain, decides "it fetches for itself", from "R7";
        /// The partition key of a ticker's candles.
        partition_key: fn(&str, Provider) -> String = key::partition_key, decides "{TICKER}#{provider}", from "L";
        /// The sort key of a candle.
        sort_key: fn(Resolution, Stamp) -> String = key::sort_key, decides "{resolution}#{start of the bucket, UTC}", from "L, R1";
        /// The canonical ticker, or nothing when the text is none.
        ticker: fn(&str) -> Option<String> = request::ticker::canonical,
            decides "upper case; 1-5 letters, then optionally . or - and 1-2 letters", from "R14";
        /// What warming asks for a ticker at a resolution, at this instant.
        warmed: fn(&str, Resolution, DateTime<Utc>, &Arc<Rules>) -> Result<Request, Failure> = warming::request, decides "what a visitor asks who names no range", from "F12";
        /// The market's day at an instant.
        market_day: fn(DateTime<Utc>) -> NaiveDate = market::new_york_date, decides "New York's date", from "R14, R18";
        /// The range that a query names.
        range: fn(&str) -> Option<Range> = Range::parse, decides "1D 1W 1M 3M 6M YTD 1Y 5Y; anything else is refused", from "contract";
        /// Whether a window includes a day.
        includes: fn(&Window, NaiveDate) -> bool = Window::includes, decides "from its start to its end, both included", from "contract";
        /// When a request arrived.
        arrival: fn(&HeaderMap, DateTime<Utc>) -> DateTime<Utc> = request::arrival, decides "when our clock says, whatever its headers say", from "C7";
        /// The last day that a window may include, given the market's present one.
        last_day: fn(NaiveDate) -> NaiveDate = request::last_day, decides "the market's present day", from "contract";
        /// The market's sessions between two days.
        sessions: fn(NaiveDate, NaiveDate) -> Vec<Session> = |first, last| market::sessions(first, last).collect(), decides "the exchange's own, early closes included", from "R2, R12";
        /// The longest window of a resolution, in days from its start to its end.
        longest_window: fn(Resolution) -> i64 = Resolution::longest_window,
            decides "1: 7, 5: 30, 15: 90, 30: 90, 60: 180, D: 1830", from "contract";
        /// What becomes of a window at a resolution.
        admit: fn(Window, Resolution, &Rules) -> Result<Window, Failure> = request::admit,
            decides "answered as it is, or refused with the resolution that fits", from "contract";
        /// The columns of a provider's daily row that hold open, high, low, close and volume.
        daily_columns: fn() -> [&'static str; 5] = providers::daily_columns, decides "the adjusted ones", from "contract";
        /// What a client is told when no provider gave candles.
        provider_failure: fn(ProviderError, &Request, &Rules) -> Failure = providers::failure,
            decides "404 for an unknown ticker, 429 with the provider's own Retry-After, else 503", from "contract";
        /// A price from the provider's own JSON text.
        price: fn(&str) -> Option<Decimal> = candle::price, decides "a JSON number, every decimal kept, never through f64", from "W 6";
        /// A volume from the provider's own JSON text, if it sent one.
        volume: fn(Option<&str>) -> Option<u64> = candle::volume, decides "0 when missing or null; whole shares, 64 bits", from "R2, R3";
        /// What is wrong with a candle, if anything.
        flaw: fn(&Candle) -> Option<Flaw> = candle::flaw, decides "prices above 0; low <= open, close <= high", from "R8";
        /// What is left of an answer of which some candles were bad.
        salvage: fn(Vec<Candle>, usize) -> Vec<Candle> = candle::salvage, decides "every good candle", from "contract";
        /// Order and uniqueness of candles.
        arrange: fn(Vec<Candle>) -> Arranged = candle::arrange, decides "ascending; of two with one timestamp the last", from "R8";
        /// A candle's time, in keys and answers.
        stamp_text: fn(Stamp) -> String = candle::stamp_text, decides "2026-02-03, or 2026-02-03T14:30:00Z", from "contract";
        /// The item that holds a candle.
        candle_to_item: fn(&StoredCandle, &Rules) -> items::Item = items::from_candle, decides "exactly the contract's attributes", from "L";
        /// When a stored candle expires.
        item_expiry: fn(&Storing<'_>, &Rules) -> DateTime<Utc> = freshness::item_expiry,
            decides "ttl_unfinished while its session trades, then ttl_finished; from the request's start", from "R4, R7, R18";
        /// When memory drops an answer.
        l1_expiry: fn(DateTime<Utc>, &Request, &Rules) -> DateTime<Utc> = freshness::l1_expiry,
            decides "after l1_ttl, never later than the answer's own freshness", from "R6";
        /// The entries of memory, given how many there is room for: which of them makes room for a new one.
        replacement: fn(usize) -> Arc<dyn Entries> = l1::scan_resistant, decides "what was read once, before what was read again", from "R6, R15";
        /// Which answers memory keeps.
        kept_from: fn(Source) -> bool = l1::kept_from, decides "all, wherever they came from", from "R6";
        /// How old an answer is, in whole seconds.
        age: fn(&Request, &Answer) -> i64 = answer::age, decides "since its candles were fetched", from "R7";
        /// When a stored candle was fetched.
        fetched_at: fn(&StoredCandle, &Rules) -> DateTime<Utc> = items::fetched_at, decides "as it says itself", from "contract";
        /// What a write-through does, in this order.
        write_through: fn() -> &'static [write_through::Step] = write_through::steps, decides "gives the lock back, writes, claims", from "R7";
        /// What a write-through is bound to.
        write_bound_to: fn(Bond) -> bool = write_through::bound_to, decides "its instance's idleness, not its answer's ceiling", from "W, R3";
        /// Where something of any age is looked for when the ceiling has passed.
        at_hand: fn() -> &'static [CacheLayer] = cache_layer::at_hand, decides "in memory, then in DynamoDB", from "R15";
        /// What is answered when there is nothing either.
        nothing_at_hand: fn(Failure) -> Result<(), Failure> = error::nothing_at_hand, decides "the failure", from "R15";
        /// The breaker that an instance starts with.
        breaker: fn(&Rules) -> Arc<Breaker> = breaker::own, decides "its own, closed", from "R3; R18 asked for shared state, which is not possible";
        /// Which operations an open breaker keeps away from DynamoDB.
        breaker_guards: fn(&str) -> bool = breaker::guards, decides "all", from "follows from R3";
        /// Whose outcome the breaker counts.
        breaker_counts: fn(&str) -> bool = breaker::counts, decides "every operation's, reads and writes alike", from "R3";
        /// How long DynamoDB is left alone after a probe that failed.
        breaker_pause_after_probe: fn(&Rules) -> Duration = breaker::pause_after_probe, decides "the whole breaker_cooldown again", from "R3";
        /// Which layers an invalidation clears, in this order.
        invalidated_layers: fn() -> &'static [CacheLayer] = cache_layer::invalidated, decides "DynamoDB, then memory", from "R2";
        /// Whether an answer about one ticker goes when another is invalidated.
        is_about: fn(&str, &str) -> bool = l1::is_about, decides "only if they are the same", from "R2";
        /// Who may invalidate.
        authority_to_invalidate: fn() -> Authority = auth::to_invalidate, decides "whoever has an admin token", from "contract";
        /// Whether a stored candle still counts.
        still_good: fn(&StoredCandle, &Request) -> bool = freshness::still_good,
            decides "not expired, whatever DynamoDB still holds; and final, or still forming", from "R18, Z";
        /// The candle that an item holds.
        item_to_candle: fn(&items::Item) -> Option<StoredCandle> = items::to_candle, decides "field by field; an item that lacks one is no candle", from "L";
        /// A candle as JSON: the one path to every answer.
        candle_json: fn(&Candle, &Rules, Vec<u8>) -> Vec<u8> = candle::write_json, decides "one serialization, whatever the source", from "W 6";
        /// The resolution that an answer is stored under, given whether daily candles stand in for intraday ones.
        stored_as: fn(&Request, bool) -> Option<Resolution> = completeness::stored_as,
            decides "its own; what stands in is not stored", from "contract";
        /// The write batches of so many candles: which of them each holds.
        batches: fn(usize) -> Vec<ops::Range<usize>> = batch_write::batches, decides "25 each", from "R3";
        /// Where to read on after a page of a Query.
        next_page: fn(Option<items::Item>) -> Option<items::Item> = query::next_page, decides "read on until no LastEvaluatedKey is left", from "R2, then ours";
        /// The expected candles that are not among those that are there.
        missing: fn(&Request, &HashSet<Stamp>) -> Vec<Expected> = completeness::missing,
            decides "every expected candle by name; expected by the exchange's sessions, early closes included", from "R2, R12";
        /// Whether an answer of which so many candles were left out is its whole window.
        whole_window: fn(usize) -> bool = completeness::whole_window, decides "only if none was", from "contract";
        /// Which of the candles that a successful answer lacks are recorded as absent, so that their window is a hit next time.
        settled: fn(Vec<Expected>) -> Vec<Expected> = completeness::settled, decides "all of them", from "ours: 100 % alone would fetch such windows forever";
        /// What a successful answer without candles means.
        empty_answer: fn(&Request) -> Result<(), Failure> = completeness::empty_answer, decides "200, empty, not cached", from "contract";
        /// The ranges of sort keys that hold a window.
        sort_key_ranges: fn(&Window, Resolution, &Rules) -> Vec<(String, String)> = query::ranges, decides "one BETWEEN", from "T";
        /// The attributes that are read of a candle.
        projection: fn() -> &'static [&'static str] = items::read_attributes, decides "what is served, and what freshness is judged by", from "T";
    }
}

impl std::fmt::Debug for Rules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.table()).finish()
    }
}
