//! Items that somebody else wrote: a line for each attribute, `open N 150.125`.

use aws_sdk_dynamodb::types::AttributeValue;
use ohlc_server::key;
use ohlc_server::store::items::{Item, from_candle, to_candle};

use crate::inputs::all_hold;

const WORDS: &[&str] = &[
    "SK S D#2026-02-03T00:00:00Z\n",
    "SK S 5#2026-02-03T14:30:00Z\n",
    "open N ",
    "volume N ",
    "is_closed BOOL ",
    "ExpiresAt N ",
    "fetched_at S ",
    "fetched_window S 2026-01-27/2026-02-03\n",
    "adjusted_by N ",
    "on_ex_date BOOL ",
    "1E+125",
    "1E-130",
    "-0",
    "0150.10",
    "1.5e2",
    "9999999999999999999999999999999999999",
    "9223372036854775808",
    "NaN",
    "+",
    "T24:00:00Z",
    "+99:99",
    "\n",
    " ",
];

#[test]
fn what_is_read_of_an_item_is_written_again_as_it_was() {
    all_hold("items", WORDS, 20_000, |input| {
        let Some(read) = to_candle(&item(&String::from_utf8_lossy(input))) else { return };
        let sort_key = key::sort_key(read.resolution, read.candle.stamp);
        let again = to_candle(&from_candle(&read, &sort_key));
        assert_eq!(again, Some(read));
    });
}

fn item(text: &str) -> Item {
    let attribute = |line: &str| {
        let mut parts = line.splitn(3, ' ');
        let (name, kind, value) = (parts.next()?, parts.next()?, parts.next()?.to_owned());
        let value = match kind {
            "S" => AttributeValue::S(value),
            "N" => AttributeValue::N(value),
            "BOOL" => AttributeValue::Bool(value == "true"),
            _ => AttributeValue::Null(true),
        };
        Some((name.to_owned(), value))
    };
    text.lines().filter_map(attribute).collect()
}
