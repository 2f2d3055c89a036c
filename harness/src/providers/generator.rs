//! Candles made up from a seed: the same request always gets the same ones, whatever was asked before.
//!
//! All prices are whole ten-thousandths of a dollar until they are written.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use fake::Fake;
use rust_decimal::Decimal;

use super::dice::dice;
use super::resolution::Resolution;
use super::row::Row;
use super::sessions::{Bucket, Session};

/// Basis points in the whole.
const WHOLE: i64 = 10_000;

/// A ticker's made-up history.
pub(super) struct Generator<'a> {
    pub(super) seed: u64,
    pub(super) symbol: &'a str,
    /// What has not begun by then does not exist yet, and what is under way is a candle so far.
    pub(super) now: Option<DateTime<Utc>>,
}

struct Moves {
    open: i64,
    high: i64,
    low: i64,
    close: i64,
    volume: i64,
}

impl Generator<'_> {
    /// The rows of one session, in order.
    pub(super) fn rows(&self, resolution: Resolution, session: &Session) -> Vec<Row> {
        let day = i64::from(session.date.num_days_from_ce());
        let mut dice = dice(self.seed, self.symbol, &resolution.to_string(), day);
        // How far a candle moves in basis points, and how much is traded in it.
        let (reach, trade) = match resolution {
            Resolution::Daily => (100, 1_000_000..100_000_000),
            Resolution::Minutes(_) => (10, 1_000..500_000),
        };
        let mut price = part(self.level(session.date), WHOLE + (-50..=50).fake_with_rng::<i64, _>(&mut dice));
        let mut rows = Vec::new();
        for bucket in session.buckets(resolution) {
            let mut drift = |least: i64| part(price, (least..=reach).fake_with_rng(&mut dice));
            let (open, close) = (price, price + drift(-reach));
            let (high, low) = (open.max(close) + drift(0), open.min(close) - drift(0));
            let volume = trade.fake_with_rng(&mut dice);
            // Prices come with two, three or four decimals.
            let tick = [1, 10, 100][(0..3).fake_with_rng::<usize, _>(&mut dice)];
            price = close;
            let moves = Moves { open, high, low, close, volume };
            rows.extend(self.seen(&bucket, moves).map(|moves| moves.row(bucket.at, tick)));
        }
        rows
    }

    /// The moves as far as they have come by now; `None` before anything can have been traded.
    fn seen(&self, bucket: &Bucket, moves: Moves) -> Option<Moves> {
        let now = self.now.unwrap_or(bucket.end).min(bucket.end);
        let (gone, all) = ((now - bucket.start).num_seconds(), (bucket.end - bucket.start).num_seconds());
        (gone > 0).then(|| moves.so_far(gone, all))
    }

    /// About where the price stands on a day: two slow tides around the ticker's own base.
    fn level(&self, day: NaiveDate) -> i64 {
        let base = (200_000..4_000_000).fake_with_rng(&mut dice(self.seed, self.symbol, "base", 0));
        let day = i64::from(day.num_days_from_ce());
        part(base, WHOLE + self.tide("slow", 182, 4_000, day) + self.tide("fast", 7, 400, day))
    }

    /// A line through one random height (basis points) every `period` days.
    fn tide(&self, topic: &str, period: i64, height: i64, day: i64) -> i64 {
        let knot =
            |number| (-height..=height).fake_with_rng::<i64, _>(&mut dice(self.seed, self.symbol, topic, number));
        let (number, into) = (day.div_euclid(period), day.rem_euclid(period));
        (knot(number) * (period - into) + knot(number + 1) * into) / period
    }
}

impl Moves {
    fn so_far(self, gone: i64, all: i64) -> Self {
        let reached = |end: i64, start: i64| start + (end - start) * gone / all;
        let close = reached(self.close, self.open);
        Self {
            open: self.open,
            high: reached(self.high, self.open).max(close),
            low: reached(self.low, self.open).min(close),
            close,
            volume: reached(self.volume, 0),
        }
    }

    fn row(&self, at: DateTime<Utc>, tick: i64) -> Row {
        // Rounding everything down keeps high and low where they belong.
        let text = |price: i64| Decimal::new(price.div_euclid(tick) * tick, 4).normalize().to_string();
        Row {
            at,
            written: None,
            open: text(self.open),
            high: text(self.high),
            low: text(self.low),
            close: text(self.close),
            volume: Some(self.volume.to_string()),
        }
    }
}

fn part(whole: i64, basis_points: i64) -> i64 {
    whole * basis_points / WHOLE
}
