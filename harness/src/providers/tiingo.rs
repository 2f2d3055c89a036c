//! Tiingo's daily and IEX intraday prices.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::America::New_York;
use hyper::HeaderMap;
use hyper::header::AUTHORIZATION;
use rust_decimal::Decimal;

use super::asked::Asked;
use super::dialect::Dialect;
use super::listed::Listed;
use super::market::{Market, Sent};
use super::reply::Reply;
use super::resolution::Resolution;
use super::row::Row;
use super::window::{Window, first_stamp, last_stamp};
use crate::observe::journal::Peer;

/// `https://api.tiingo.com`, for as much of it as the contract uses. Unlike there, both dates must be given.
#[derive(Debug)]
pub(super) struct Tiingo;

/// What the IEX endpoint sends when no `columns` are asked for.
const COLUMNS: &str = "open,high,low,close";

impl Dialect for Tiingo {
    fn peer(&self) -> Peer {
        Peer::Tiingo
    }

    fn base_path(&self) -> &'static str {
        ""
    }

    fn key<'h>(&self, headers: &'h HeaderMap) -> Option<&'h str> {
        headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Token ")
    }

    fn ticker<'a>(&self, asked: &'a Asked) -> Option<&'a str> {
        match asked.steps()[..] {
            ["tiingo", "daily", ticker, "prices"] | ["iex", ticker, "prices"] => Some(ticker),
            _ => None,
        }
    }

    fn answer(&self, market: &Market, asked: &Asked) -> Reply {
        let answer = match asked.steps()[..] {
            ["tiingo", "daily", ticker, "prices"] => daily(market, ticker, asked),
            ["iex", ticker, "prices"] => intraday(market, ticker, asked),
            _ => Err(self.refusal(404)),
        };
        answer.unwrap_or_else(|refusal| refusal)
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

fn daily(market: &Market, ticker: &str, asked: &Asked) -> Result<Reply, Reply> {
    let window = Window::of_days(Resolution::Daily, date(asked, "startDate")?, date(asked, "endDate")?);
    let sent = sent(market, ticker, Resolution::Daily, window)?;
    Ok(list(sent.rows.iter().map(|row| daily_row(&sent, row))))
}

fn intraday(market: &Market, ticker: &str, asked: &Asked) -> Result<Reply, Reply> {
    let resolution = frequency(asked)?;
    let from = instant(asked, "startDate", |day| first_stamp(resolution, day))?;
    let to = instant(asked, "endDate", |day| last_stamp(resolution, day))?;
    let sent = sent(market, ticker, resolution, Window { from, to })?;
    let columns: Vec<_> = asked.parameter("columns").unwrap_or(COLUMNS).split(',').collect();
    Ok(list(sent.rows.iter().map(|row| intraday_row(&sent.listed, row, &columns))))
}

/// Share classes are written with a hyphen here: `BRK.B` is not known.
fn sent(market: &Market, ticker: &str, resolution: Resolution, window: Window) -> Result<Sent, Reply> {
    let known = if ticker.contains('.') { None } else { market.sent(ticker, resolution, window) };
    known.ok_or_else(|| says(404, &format!("Error: Ticker '{ticker}' not found")))
}

fn daily_row(sent: &Sent, row: &Row) -> String {
    let (actions, day) = (&sent.listed.actions, row.at.date_naive());
    let raw = actions.raw(sent.today, row);
    // At least one decimal, as Tiingo writes it.
    let decimal = |mut number: Decimal| {
        number.rescale(number.scale().max(1));
        Some(number.to_string())
    };
    let (dividend, split_factor) = (decimal(actions.dividend(day, &raw.close)), decimal(actions.split_factor(day)));
    object([
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
    ])
}

fn intraday_row(listed: &Listed, row: &Row, columns: &[&str]) -> String {
    let date = row.time(|at| {
        quoted(&match listed.with_offset {
            true => at.with_timezone(&New_York).format("%FT%T%:z").to_string(),
            false => at.format("%FT%T%.3fZ").to_string(),
        })
    });
    let values = columns.iter().map(|column| match *column {
        "open" => (*column, Some(row.open.clone())),
        "high" => (*column, Some(row.high.clone())),
        "low" => (*column, Some(row.low.clone())),
        "close" => (*column, Some(row.close.clone())),
        "volume" => (*column, row.volume.clone()),
        _ => (*column, None),
    });
    object(std::iter::once(("date", Some(date))).chain(values))
}

fn date(asked: &Asked, name: &str) -> Result<NaiveDate, Reply> {
    let given = asked.parameter(name).and_then(|text| text.parse().ok());
    given.ok_or_else(|| says(400, &format!("Error: {name} must be a date, YYYY-MM-DD")))
}

/// A date stands for the whole New York day; a time without an offset is in UTC.
fn instant(asked: &Asked, name: &str, of: impl Fn(NaiveDate) -> DateTime<Utc>) -> Result<DateTime<Utc>, Reply> {
    let given = asked.parameter(name).and_then(|text| {
        let day = text.parse().ok().map(of);
        let with_offset = || DateTime::parse_from_rfc3339(text).ok().map(|time| time.to_utc());
        let without = || text.parse::<NaiveDateTime>().ok().map(|time| time.and_utc());
        day.or_else(with_offset).or_else(without)
    });
    given.ok_or_else(|| says(400, &format!("Error: {name} must be a date, YYYY-MM-DD, or a time")))
}

fn frequency(asked: &Asked) -> Result<Resolution, Reply> {
    let resolution = match asked.parameter("resampleFreq") {
        Some("1hour" | "60min") => Some(Resolution::Minutes(60)),
        Some(text) => text.strip_suffix("min").and_then(Resolution::named),
        None => None,
    };
    resolution.ok_or_else(|| says(400, "Error: resampleFreq must be 1min, 5min, 15min, 30min or 1hour"))
}

fn says(status: u16, detail: &str) -> Reply {
    Reply::json(status, format!(r#"{{"detail":{}}}"#, quoted(detail)))
}

fn list(rows: impl Iterator<Item = String>) -> Reply {
    Reply::json(200, format!("[{}]", rows.collect::<Vec<_>>().join(",")))
}

fn object<'a>(fields: impl IntoIterator<Item = (&'a str, Option<String>)>) -> String {
    let present = fields.into_iter().filter_map(|(name, value)| Some(format!(r#""{name}":{}"#, value?)));
    format!("{{{}}}", present.collect::<Vec<_>>().join(","))
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
