//! Mistakes at the edges: calendars, tickers, windows, completeness.

use std::sync::Arc;
use std::time::Duration;

use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};
use ohlc_server::candle::Stamp;
use ohlc_server::completeness;
use ohlc_server::market::{self, Session};
use ohlc_server::providers::{self, ProviderError};
use ohlc_server::request::{Expected, Range, Resolution, Window, bucket_of, ticker};
use ohlc_server::store::fetches::{self, Border};
use ohlc_server::store::items::StoredCandle;
use ohlc_server::store::{Condition, latest_action};
use rust_decimal::Decimal;

use super::defects;
use crate::broken::inbound;

defects! {
    "caches-on-the-way-may-keep", "an answer may be kept for a minute by whoever passes it on":
        |_, ports| inbound::requests(ports, |request, next| Box::pin(async move {
            let mut response = next.run(request).await;
            response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
            response
        }));
    "sessions-every-day-of-the-week", "there is trading every day":
        |policies, _| policies.calendar.sessions = Arc::new(|first, last| days(first, last).map(whole_day).collect());
    "sessions-every-weekday", "there is trading from Monday to Friday, holidays or not":
        |policies, _| policies.calendar.sessions = Arc::new(|first, last| {
            days(first, last).filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)).map(whole_day).collect()
        });
    "no-history-before-2000", "the world begins in 2000":
        |policies, _| policies.calendar.sessions = Arc::new(|first, last| {
            market::sessions(first, last).filter(|session| session.date.year() >= 2000).collect()
        });
    "open-a-second-late", "trading begins after 09:30:00":
        |policies, _| policies.calendar.sessions = Arc::new(|first, last| {
            market::sessions(first, last).map(|session| Session { open: session.open + TimeDelta::seconds(1), ..session }).collect()
        });
    "ticker-hyphen-rejected", "a hyphen is no part of a ticker":
        |policies, _| policies.request.ticker = Arc::new(|text| ticker::canonical(text).filter(|ticker| !ticker.contains('-')));
    "ticker-hyphen-folded", "BRK-B is BRK.B":
        |policies, _| policies.request.ticker = Arc::new(|text| ticker::canonical(text).map(|ticker| ticker.replace('-', ".")));
    "ticker-of-two-letters-at-least", "a ticker has two letters or more":
        |policies, _| policies.request.ticker = Arc::new(|text| ticker::canonical(text).filter(|ticker| ticker.len() >= 2));
    "ticker-of-four-letters-at-most", "a ticker has four letters or fewer":
        |policies, _| policies.request.ticker = Arc::new(|text| ticker::canonical(text).filter(|ticker| ticker.len() <= 4));
    "any-text-is-a-ticker", "whatever stands in the path is a ticker":
        |policies, _| policies.request.ticker = Arc::new(|text| Some(text.to_uppercase()));
    "renamed-tickers-aliased", "FB is META by now":
        |policies, _| policies.request.ticker = Arc::new(|text| ticker::canonical(text).map(|ticker| ticker.replace("FB", "META")));
    "unknown-ticker-is-unavailable", "a ticker that the provider does not know is a failure like any other":
        |policies, _| policies.provider.failure = Arc::new(|problem, ticker, pause| match problem {
            ProviderError::UnknownTicker => providers::failure(ProviderError::Failed, ticker, pause),
            other => providers::failure(other, ticker, pause),
        });
    "silent-default-for-the-range", "a range that does not exist is a month":
        |policies, _| policies.request.range = Arc::new(|text| Range::parse(text).or(Some(Range::Month)));
    "windows-of-any-length", "any window may be asked for at any resolution":
        |policies, _| policies.request.longest_window = Arc::new(|_| i64::MAX);
    "windows-silently-clipped", "a window that is too long is cut to what fits":
        |policies, _| policies.request.admit = Arc::new(|window, resolution, policy| {
            let longest = TimeDelta::days((policy.longest_window)(resolution));
            Ok(Window { start: window.start.max(window.end - longest), ..window })
        });
    "window-without-its-last-day", "a window ends before its last day":
        |policies, _| policies.request.includes = Arc::new(|window, day| window.start <= day && day < window.end);
    "answer-not-trimmed", "whatever the provider returns is served":
        |policies, _| {
            policies.request.includes = Arc::new(|_, _| true);
            policies.request.bucket_of = Arc::new(|request, stamp| bucket_of(request, stamp).or_else(|| {
                let day = match stamp {
                    Stamp::Day(day) => day,
                    Stamp::Instant(instant) => market::new_york_date(instant),
                };
                let closes = market::session(day)?.close;
                Some(Expected { stamp, closes, session_closes: closes })
            }));
        };
    "raw-prices", "prices are served as they were traded, splits or not":
        |policies, _| policies.provider.daily_columns = ["open", "high", "low", "close", "volume"];
    "candles-of-two-fetches-mixed", "stored candles are served together whenever they were fetched":
        |policies, _| {
            policies.fetches.supersedes = Arc::new(|_, _, _| false);
            policies.fetches.joins = Arc::new(|_, _| true);
        };
    "one-fetch-alone", "a window comes from one fetch, and what others have of it is not there":
        |policies, _| policies.fetches.supersedes = Arc::new(|newer, other, _| other.at < newer.at);
    "scale-not-looked-at", "daily candles of two fetches are served together, whatever they were adjusted by":
        |policies, _| policies.fetches.joins = Arc::new(|_, _| true);
    "ex-date-overlooked", "what takes effect on the first day of the newer fetch changes nothing":
        |policies, _| policies.fetches.joins = Arc::new(|border, noise| {
            let mut after = border.after.clone();
            after.candle.adjusted.iter_mut().for_each(|adjusted| adjusted.on_ex_date = false);
            fetches::joins(&Border { after: &after, ..*border }, noise)
        });
    "old-scale-served", "what was fetched of before a split is as good after it":
        |policies, _| policies.actions.outdates = Arc::new(|_, _, _| false);
    "fetch-on-the-ex-date-trusted", "what was fetched on the day of a split is adjusted for it, at whatever hour that was":
        |policies, _| policies.actions.outdates = Arc::new(|action, day, fetched_at| {
            market::new_york_date(fetched_at) < action.ex_date && latest_action::outdates(action, day, fetched_at)
        });
    "any-action-outdates-all", "after a split nothing of before it is believed, whenever it was fetched":
        |policies, _| policies.actions.outdates = Arc::new(|action, day, _| day < action.ex_date);
    "last-action-told-counts", "the latest split is the one that was shown last":
        |policies, _| policies.actions.later = Arc::new(|_| Condition::default());
    "fetch-of-no-window-joined", "what does not say what its fetch asked for is served with any other":
        |policies, _| policies.fetches.joins = Arc::new(|border, noise| {
            let any = Some(Window { start: NaiveDate::MIN, end: NaiveDate::MAX });
            let said = |stored: &StoredCandle| StoredCandle { fetched_window: stored.fetched_window.or(any), ..stored.clone() };
            fetches::joins(&Border { before: &said(border.before), after: &said(border.after), ..*border }, noise)
        });
    "rounding-makes-two-scales", "two days were adjusted alike if every digit says so":
        |policies, _| policies.fetches.scale_noise = Decimal::ZERO;
    "age-of-the-newest-fetch", "a window of several fetches is as old as the newest one":
        |policies, _| policies.fetches.fetched = Arc::new(|fetches| fetches.iter().max().copied());
    "fallback-kept-under-the-daily-key", "daily candles that stand in for others are stored as daily ones":
        |policies, _| policies.completeness.stored_as = Arc::new(|resolution, in_days| Some(if in_days { Resolution::Day } else { resolution }));
    "late-bar-taken-as-absent", "what the provider lacks right after the close does not exist":
        |policies, _| policies.freshness.absence_settles = Duration::ZERO;
    "last-bucket-missed", "the last candle of a window is not waited for":
        |policies, _| policies.completeness.missing = Arc::new(|request, there| {
            let last = request.expected().last().map(|expected| expected.stamp);
            completeness::missing(request, there).into_iter().filter(|expected| Some(expected.stamp) != last).collect()
        });
    "half-is-enough", "a window is whole when half of it is there":
        |policies, _| policies.completeness.missing = Arc::new(|request, there| {
            if there.len() * 2 >= request.expected().len() { Vec::new() } else { completeness::missing(request, there) }
        });
    "four-fifths-are-enough", "a window is whole when 80 % of it are there":
        |policies, _| policies.completeness.missing = Arc::new(|request, there| {
            if there.len() * 5 >= request.expected().len() * 4 { Vec::new() } else { completeness::missing(request, there) }
        });
    "five-sevenths-of-the-days-are-enough", "a window is whole when it has as many candles as days x 5/7":
        |policies, _| policies.completeness.missing = Arc::new(|request, there| {
            let estimate = usize::try_from(request.window.days() * 5 / 7).unwrap_or(0);
            if there.len() >= estimate { Vec::new() } else { completeness::missing(request, there) }
        });
}

fn days(first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    first.iter_days().take_while(move |day| *day <= last)
}

fn whole_day(date: NaiveDate) -> Session {
    let open = Stamp::Day(date).instant() + TimeDelta::minutes(14 * 60 + 30);
    Session { date, open, close: open + TimeDelta::minutes(390) }
}
