//! What the market knows of one ticker, and the rows that follow from it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use rand::Rng;

use super::actions::Actions;
use super::dice::dice;
use super::generator::Generator;
use super::resolution::Resolution;
use super::row::Row;
use super::sessions::sessions_between;
use super::window::{Window, first_stamp};
use super::words::Word;

/// What becomes of a row on its way out.
#[derive(Clone)]
pub(super) struct Change(pub(super) Arc<dyn Fn(Row) -> Vec<Row> + Send + Sync>);

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Change")
    }
}

/// One ticker's entry. The default is a ticker whose whole history is made up from the seed.
#[derive(Debug, Clone, Default)]
pub(super) struct Listed {
    pub(super) since: Option<NaiveDate>,
    /// Rows that stand in for made-up ones.
    pub(super) exact: BTreeMap<Resolution, Vec<Row>>,
    /// Rows beside them, wherever they begin.
    pub(super) odd: BTreeMap<Resolution, Vec<Row>>,
    pub(super) changes: Vec<(DateTime<Utc>, Change)>,
    /// Stamps without a row; midnight UTC stands for the whole day.
    pub(super) holes: BTreeSet<DateTime<Utc>>,
    pub(super) actions: Actions,
    pub(super) in_disorder: bool,
    pub(super) no_intraday: bool,
    pub(super) with_offset: bool,
    /// How many days too much each answer carries at either end.
    pub(super) overshoot: u32,
}

impl Listed {
    /// The rows of a window, in the order in which they are sent.
    pub(super) fn rows(&self, made_up: &Generator<'_>, resolution: Resolution, window: Window) -> Vec<Row> {
        let mut rows = match self.exact.get(&resolution) {
            Some(rows) => rows.clone(),
            None if self.no_intraday && resolution != Resolution::Daily => Vec::new(),
            None => self.made_up(made_up, resolution, window),
        };
        if let Some(odd) = self.odd.get(&resolution) {
            rows.extend_from_slice(odd);
            rows.sort_by_key(|row| row.at);
        }
        rows.retain(|row| window.contains(row.at) && !self.has_hole(resolution, row.at));
        let rows = rows.into_iter().flat_map(|row| self.changed(row)).collect();
        if self.in_disorder { disordered(rows, made_up.seed, made_up.symbol) } else { rows }
    }

    fn made_up(&self, generator: &Generator<'_>, resolution: Resolution, window: Window) -> Vec<Row> {
        let from = self.since.map_or(window.from, |since| window.from.max(first_stamp(resolution, since)));
        let (first, last) = (resolution.day(from), resolution.day(window.to));
        sessions_between(first, last).iter().flat_map(|session| generator.rows(resolution, session)).collect()
    }

    fn has_hole(&self, resolution: Resolution, at: DateTime<Utc>) -> bool {
        self.holes.contains(&at) || self.holes.contains(&resolution.day(at).meaning())
    }

    fn changed(&self, row: Row) -> Vec<Row> {
        let changes = self.changes.iter().filter(|(at, _)| *at == row.at).map(|(_, change)| change);
        changes.fold(vec![row.clone()], |rows, change| rows.into_iter().flat_map(|row| (change.0)(row)).collect())
    }
}

/// Shuffled, though rows of one stamp stay in their order: which of them comes last must not depend on the window.
fn disordered(mut rows: Vec<Row>, seed: u64, symbol: &str) -> Vec<Row> {
    rows.sort_by_cached_key(|row| dice(seed, symbol, "mix", row.at.timestamp()).next_u64());
    if rows.is_sorted_by_key(|row| row.at) {
        rows.sort_by_key(|row| Reverse(row.at));
    }
    rows
}
