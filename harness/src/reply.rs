//! What a server under test answered, read without ever passing a number through f64.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::dialect::Dialect;
use crate::providers::ExpectedCandle;
use crate::verdict::{Failure, Stop, Verdict, expect};

/// An answer, whatever it is.
#[derive(Debug, Clone)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Headers in the contract's words, names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The body as it came.
    pub text: String,
    /// The words that it came in.
    dialect: Arc<Dialect>,
}

#[derive(Deserialize)]
struct Body<'a> {
    #[serde(borrow)]
    candles: &'a RawValue,
}

#[derive(Deserialize)]
struct ServedCandle<'a> {
    date: String,
    #[serde(borrow)]
    open: &'a RawValue,
    #[serde(borrow)]
    high: &'a RawValue,
    #[serde(borrow)]
    low: &'a RawValue,
    #[serde(borrow)]
    close: &'a RawValue,
    #[serde(borrow)]
    volume: &'a RawValue,
}

impl Reply {
    /// An answer as it came, in these words.
    pub fn new(status: u16, headers: BTreeMap<String, String>, text: String, dialect: Arc<Dialect>) -> Self {
        Self { status, headers: dialect.of_reply(headers), text, dialect }
    }

    /// The answer is a 200 from this source; gives it back for further looks.
    ///
    /// # Errors
    /// Failed, when it is not.
    pub fn comes_from(self, source: &str) -> Verdict<Self> {
        expect("status", self.status).is(200)?;
        expect("X-Cache-Source", self.source()).is(source)?;
        Ok(self)
    }

    /// `X-Cache-Source`, empty when it is missing.
    pub fn source(&self) -> &str {
        self.header("x-cache-source")
    }

    /// `X-Cache-Key`, empty when it is missing.
    pub fn cache_key(&self) -> &str {
        self.header("x-cache-key")
    }

    /// A header, empty when it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(String::as_str).unwrap_or_default()
    }

    /// A field of the body, null when it is missing.
    pub fn field(&self, name: &str) -> Value {
        let body: Value = serde_json::from_str(&self.text).unwrap_or_default();
        let field = if self.status < 400 { body.get(name) } else { self.dialect.error_field(&body, name) };
        field.cloned().unwrap_or_default()
    }

    /// The bytes of `candles`, exactly as they were sent.
    ///
    /// # Errors
    /// Failed, when the body is not a contract's answer.
    pub fn candles_text(&self) -> Verdict<&str> {
        match serde_json::from_str::<Body<'_>>(&self.text) {
            Ok(body) => Ok(body.candles.get()),
            Err(cause) => {
                let (what, expected) = ("the body".to_owned(), "JSON with candles".to_owned());
                let actual = format!("{cause}, in `{}`", self.around(cause.column()));
                Err(Stop::Failed(Failure { what, expected, actual }))
            }
        }
    }

    /// The candles, each field exactly as it was sent.
    ///
    /// # Errors
    /// Failed, when one of them is not as the contract says: a number that is none, a field that is missing.
    pub fn candles(&self) -> Verdict<Vec<ExpectedCandle>> {
        let candles: Option<Vec<&RawValue>> = serde_json::from_str(self.candles_text()?).ok();
        let candles = expect("candles as a list", candles).is_there()?;
        candles.into_iter().map(candle).collect()
    }

    /// The text around a place in it that is wrong.
    fn around(&self, place: usize) -> String {
        self.text.chars().skip(place.saturating_sub(50)).take(80).collect()
    }
}

fn candle(text: &RawValue) -> Verdict<ExpectedCandle> {
    let read = || {
        let candle: ServedCandle<'_> = serde_json::from_str(text.get()).ok()?;
        let price = |text: &RawValue| Decimal::from_str_exact(text.get()).ok().map(|price| price.normalize());
        Some(ExpectedCandle {
            time: candle.date,
            open: price(candle.open)?,
            high: price(candle.high)?,
            low: price(candle.low)?,
            close: price(candle.close)?,
            volume: candle.volume.get().parse().ok()?,
        })
    };
    expect(format!("a candle of numbers in `{}`", text.get()), read()).is_there()
}
