//! Tiingo's daily and IEX intraday prices.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::America::New_York;
use hyper::HeaderMap;
use hyper::header::AUTHORIZATION;
use rust_decimal::Decimal;

use super::asked::Asked;
use super::dialect::{Dialect, NotKnown};
use super::listed::Listed;
use super::market::{Market, Sent};
use super::reply::Reply;
use super::resolution::Resolution;
use super::row::Row;
use super::sessions::sessions_between;
use super::window::{Window, first_stamp, last_stamp};
use crate::observe::journal::Peer;

/// `https://api.tiingo.com`, for as much of it as servers of candles use.
#[derive(Debug)]
pub(super) struct Tiingo;

/// What the IEX endpoint sends when no `columns` are asked for.
const COLUMNS: &str = "open,high,low,close";
/// The IEX endpoint's bars when no `resampleFreq` is asked for.
const FREQUENCY: &str = "5min";
/// No market is closed for longer.
const LONGEST_BREAK: Days = Days::new(10);

impl Dialect for Tiingo {
    fn peer(&self) -> Peer {
        Peer::Tiingo
    }

    fn base_path(&self) -> &'static str {
        ""
    }

    fn key<'a>(&self, headers: &'a HeaderMap, asked: &'a Asked) -> Option<&'a str> {
        let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Token "));
        header.or_else(|| asked.parameter("token"))
    }

    fn ticker<'a>(&self, asked: &'a Asked) -> Option<&'a str> {
        match asked.steps()[..] {
            ["tiingo", "daily", ticker, "prices"] | ["iex", ticker, "prices"] => Some(ticker),
            _ => None,
        }
    }

    fn answer(&self, market: &Market, asked: &Asked) -> Result<Reply, NotKnown> {
        match asked.steps()[..] {
            ["tiingo", "daily", ticker, "prices"] => daily(market, ticker, asked),
            ["iex", ticker, "prices"] => intraday(market, ticker, asked),
            _ => Err(NotKnown("its path".to_owned())),
        }
    }

    fn no_key(&self) -> Reply {
        says(401, "Please supply a token")
    }

    fn refusal(&self, status: u16) -> Reply {
        match status {
            401 => says(status, "Invalid token."),
            404 => says(status, "Not found."),
            429 => says(status, "Error: You have run over your hourly request allocation."),
            400..500 => says(status, "Error: this request is refused."),
            _ => Reply::gateway(status),
        }
    }
}

/// Up to today when no last day is asked for, and the latest row alone when no first day is.
fn daily(market: &Market, ticker: &str, asked: &Asked) -> Result<Reply, NotKnown> {
    only(asked, "resampleFreq", "daily")?;
    let last = day(asked, "endDate")?.map_or_else(|| today(market), Ok)?;
    let first = day(asked, "startDate")?;
    let window = Window::of_days(Resolution::Daily, first.unwrap_or(last - LONGEST_BREAK), last);
    let Some(mut sent) = sent(market, ticker, Resolution::Daily, window) else { return Ok(unknown(ticker)) };
    if first.is_none() {
        sent.rows.drain(..sent.rows.len().saturating_sub(1));
    }
    let rows = std::mem::take(&mut sent.rows);
    list(asked, rows, |row| daily_row(&sent, row))
}

/// Up to now when no end is asked for, and the latest session's when no beginning is.
fn intraday(market: &Market, ticker: &str, asked: &Asked) -> Result<Reply, NotKnown> {
    only(asked, "forceFill", "false")?;
    only(asked, "afterHours", "false")?;
    let resolution = frequency(asked)?;
    let from = match instant(asked, "startDate", |day| first_stamp(resolution, day))? {
        Some(from) => from,
        None => first_stamp(resolution, latest_session(today(market)?)),
    };
    let to = match instant(asked, "endDate", |day| last_stamp(resolution, day))? {
        Some(to) => to,
        None => last_stamp(resolution, today(market)?),
    };
    let Some(sent) = sent(market, ticker, resolution, Window { from, to }) else { return Ok(unknown(ticker)) };
    list(asked, sent.rows, |row| intraday_row(&sent.listed, row))
}

/// Share classes are written with a hyphen here: `BRK.B` is not known.
fn sent(market: &Market, ticker: &str, resolution: Resolution, window: Window) -> Option<Sent> {
    if ticker.contains('.') { None } else { market.sent(ticker, resolution, window) }
}

fn unknown(ticker: &str) -> Reply {
    says(404, &format!("Error: Ticker '{ticker}' not found"))
}

type Fields = Vec<(&'static str, Option<String>)>;

fn daily_row(sent: &Sent, row: &Row) -> Fields {
    let (actions, day) = (&sent.listed.actions, row.at.date_naive());
    let raw = actions.raw(sent.today, row);
    // At least one decimal, as Tiingo writes it.
    let decimal = |mut number: Decimal| {
        number.rescale(number.scale().max(1));
        Some(number.to_string())
    };
    let (dividend, split_factor) = (decimal(actions.dividend(day, &raw.close)), decimal(actions.split_factor(day)));
    vec![
        ("date", Some(row.time(|at| quoted(&at.format("%FT%T%.3fZ").to_string())))),
        ("close", Some(raw.close)),
        ("high", Some(raw.high)),
        ("low", Some(raw.low)),
        ("open", Some(raw.open)),
        ("volume", raw.volume),
        ("adjClose", Some(row.close.clone())),
        ("adjHigh", Some(row.high.clone())),
        ("adjLow", Some(row.low.clone())),
        ("adjOpen", Some(row.open.clone())),
        ("adjVolume", row.volume.clone()),
        ("divCash", dividend),
        ("splitFactor", split_factor),
    ]
}

fn intraday_row(listed: &Listed, row: &Row) -> Fields {
    let date = row.time(|at| {
        quoted(&match listed.with_offset {
            true => at.with_timezone(&New_York).format("%FT%T%:z").to_string(),
            false => at.format("%FT%T%.3fZ").to_string(),
        })
    });
    vec![
        ("date", Some(date)),
        ("open", Some(row.open.clone())),
        ("high", Some(row.high.clone())),
        ("low", Some(row.low.clone())),
        ("close", Some(row.close.clone())),
        ("volume", row.volume.clone()),
    ]
}

/// A day, if one is given; of an instant, its date.
fn day(asked: &Asked, name: &str) -> Result<Option<NaiveDate>, NotKnown> {
    let Some(text) = asked.parameter(name) else { return Ok(None) };
    let date = text.split(['T', ' ']).next().unwrap_or(text);
    date.parse().map(Some).map_err(|_| NotKnown::parameter(asked, name))
}

/// An instant, if one is given. A date stands for the whole New York day; a time without an offset is in UTC.
fn instant(
    asked: &Asked,
    name: &str,
    of: impl Fn(NaiveDate) -> DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, NotKnown> {
    let Some(text) = asked.parameter(name) else { return Ok(None) };
    let day = text.parse().ok().map(of);
    let text = text.replace(' ', "T");
    let with_offset = || DateTime::parse_from_rfc3339(&text).ok().map(|time| time.to_utc());
    let without = || text.parse::<NaiveDateTime>().ok().map(|time| time.and_utc());
    let instant = day.or_else(with_offset).or_else(without);
    instant.map(Some).ok_or_else(|| NotKnown::parameter(asked, name))
}

fn frequency(asked: &Asked) -> Result<Resolution, NotKnown> {
    let resolution = match asked.parameter("resampleFreq").unwrap_or(FREQUENCY) {
        "1hour" | "60min" => Some(Resolution::Minutes(60)),
        text => text.strip_suffix("min").and_then(Resolution::named),
    };
    resolution.ok_or_else(|| NotKnown::parameter(asked, "resampleFreq"))
}

/// What may be asked for, but not in another way than this.
fn only(asked: &Asked, name: &str, known: &str) -> Result<(), NotKnown> {
    match asked.parameter(name) {
        Some(value) if !value.eq_ignore_ascii_case(known) => Err(NotKnown::parameter(asked, name)),
        _ => Ok(()),
    }
}

fn today(market: &Market) -> Result<NaiveDate, NotKnown> {
    market.today().ok_or_else(|| NotKnown("a date is left out, where no time is set".to_owned()))
}

fn latest_session(today: NaiveDate) -> NaiveDate {
    sessions_between(today - LONGEST_BREAK, today).last().map_or(today, |session| session.date)
}

fn says(status: u16, detail: &str) -> Reply {
    Reply::json(status, format!(r#"{{"detail":{}}}"#, quoted(detail)))
}

/// The rows, oldest first, with the columns that are asked for; daily rows have all, when none are.
fn list(asked: &Asked, mut rows: Vec<Row>, fields: impl Fn(&Row) -> Fields) -> Result<Reply, NotKnown> {
    only(asked, "format", "json")?;
    match asked.parameter("sort") {
        None | Some("date") => {}
        Some("-date") => rows.reverse(),
        Some(_) => return Err(NotKnown::parameter(asked, "sort")),
    }
    let default = asked.path.starts_with("/iex/").then_some(COLUMNS);
    let columns: Option<Vec<_>> = asked.parameter("columns").or(default).map(|columns| columns.split(',').collect());
    let wanted = |name: &str| name == "date" || columns.as_ref().is_none_or(|columns| columns.contains(&name));
    let row = |row: &Row| object(fields(row).into_iter().filter(|(name, _)| wanted(name)));
    Ok(Reply::json(200, format!("[{}]", rows.iter().map(row).collect::<Vec<_>>().join(","))))
}

fn object<'a>(fields: impl Iterator<Item = (&'a str, Option<String>)>) -> String {
    let present = fields.filter_map(|(name, value)| Some(format!(r#""{name}":{}"#, value?)));
    format!("{{{}}}", present.collect::<Vec<_>>().join(","))
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
