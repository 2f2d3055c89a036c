//! Real daily candles, for what made-up ones cannot show.

use super::row::Row;

/// Google's 2,148 daily candles from its listing day, 2004-08-19, to 2013-03-01, as CSV; see `fixtures/goog`.
pub const GOOG_DAILY: &str = include_str!("../../../fixtures/goog/GOOG-daily-2004-2013.csv");

/// The rows of a CSV text with a heading and the columns date, open, high, low, close and volume.
pub(super) fn rows(csv: &str) -> Vec<Row> {
    let lines = csv.lines().skip(1).filter(|line| !line.is_empty());
    lines.map(|line| row(line).unwrap_or_else(|| panic!("`{line}` is no daily row"))).collect()
}

fn row(line: &str) -> Option<Row> {
    let fields: Vec<_> = line.split(',').collect();
    let &[date, open, high, low, close, volume] = fields.as_slice() else { return None };
    Some(Row::new(date, open, high, low, close, volume))
}
