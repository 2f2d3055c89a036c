//! Finnhub's stock candles.

use chrono::DateTime;
use hyper::HeaderMap;

use super::asked::Asked;
use super::dialect::{Dialect, NotKnown};
use super::market::{Market, Sent};
use super::reply::Reply;
use super::resolution::Resolution;
use super::row::Row;
use super::window::Window;
use crate::observe::journal::Peer;

/// `https://finnhub.io/api/v1`, for as much of it as the contract uses. Its candles are adjusted for splits, daily ones
/// stamped with midnight UTC. It takes `BRK.B` as well as `BRK-B`.
#[derive(Debug)]
pub(super) struct Finnhub;

const NO_DATA: &str = r#"{"s":"no_data"}"#;

impl Dialect for Finnhub {
    fn peer(&self) -> Peer {
        Peer::Finnhub
    }

    fn base_path(&self) -> &'static str {
        "/api/v1"
    }

    fn key<'a>(&self, headers: &'a HeaderMap, asked: &'a Asked) -> Option<&'a str> {
        let header = headers.get("x-finnhub-token").and_then(|value| value.to_str().ok());
        header.or_else(|| asked.parameter("token"))
    }

    fn ticker<'a>(&self, asked: &'a Asked) -> Option<&'a str> {
        asked.parameter("symbol")
    }

    fn answer(&self, market: &Market, asked: &Asked) -> Result<Reply, NotKnown> {
        if asked.path != "/api/v1/stock/candle" {
            return Err(NotKnown("its path".to_owned()));
        }
        let (ticker, resolution, window) = wanted(asked)?;
        let rows = market.sent(ticker, resolution, window).map(|sent| adjusted(sent, resolution)).unwrap_or_default();
        Ok(Reply::json(200, if rows.is_empty() { NO_DATA.to_owned() } else { columns(&rows) }))
    }

    fn no_key(&self) -> Reply {
        says(401, "Please use an API key.")
    }

    fn refusal(&self, status: u16) -> Reply {
        match status {
            401 => says(status, "Invalid API key"),
            403 => says(status, "You don't have access to this resource."),
            429 => says(status, "API limit reached. Please try again later. Remaining Limit: 0"),
            400..500 => says(status, "This request is refused."),
            _ => Reply::gateway(status),
        }
    }
}

/// All four must be there.
fn wanted(asked: &Asked) -> Result<(&str, Resolution, Window), NotKnown> {
    let given = |name| asked.parameter(name).ok_or_else(|| NotKnown::parameter(asked, name));
    let second = |name| {
        let instant = given(name)?.parse().ok().and_then(|second| DateTime::from_timestamp(second, 0));
        instant.ok_or_else(|| NotKnown::parameter(asked, name))
    };
    let resolution = Resolution::named(given("resolution")?);
    let resolution = resolution.ok_or_else(|| NotKnown::parameter(asked, "resolution"))?;
    Ok((given("symbol")?, resolution, Window { from: second("from")?, to: second("to")? }))
}

/// Daily candles are adjusted for splits, not for dividends.
fn adjusted(sent: Sent, resolution: Resolution) -> Vec<Row> {
    let Sent { rows, listed, today } = sent;
    match resolution {
        Resolution::Daily => rows.into_iter().map(|row| listed.actions.for_splits(today, row)).collect(),
        Resolution::Minutes(_) => rows,
    }
}

fn columns(rows: &[Row]) -> String {
    let column = |value: &dyn Fn(&Row) -> String| rows.iter().map(value).collect::<Vec<_>>().join(",");
    format!(
        r#"{{"c":[{}],"h":[{}],"l":[{}],"o":[{}],"s":"ok","t":[{}],"v":[{}]}}"#,
        column(&|row| row.close.clone()),
        column(&|row| row.high.clone()),
        column(&|row| row.low.clone()),
        column(&|row| row.open.clone()),
        column(&|row| row.time(|at| at.timestamp().to_string())),
        // A column cannot leave one value out.
        column(&|row| row.volume.clone().unwrap_or_else(|| "null".to_owned())),
    )
}

fn says(status: u16, error: &str) -> Reply {
    Reply::json(status, serde_json::json!({ "error": error }).to_string())
}
