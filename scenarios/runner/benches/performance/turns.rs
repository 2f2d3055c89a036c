//! Two ways to the same end, taking turns: what disturbs the machine disturbs both.
#![expect(clippy::float_arithmetic, reason = "ratios of times, not prices")]

use std::time::{Duration, Instant};

use criterion::Throughput;
use criterion::measurement::{Measurement, ValueFormatter};

use crate::aim::Aim;

/// What is ours, and what it is held against.
pub(crate) trait Pair {
    /// What is compared, for the table.
    const NAME: &'static str;
    /// What is wanted of it.
    const AIM: Aim;

    /// Goes our way once.
    async fn ours(&mut self) -> anyhow::Result<()>;
    /// Goes the other way once.
    async fn reference(&mut self) -> anyhow::Result<()>;
}

/// How long some turns took, in all.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Turns {
    rounds: u64,
    ours: Duration,
    reference: Duration,
}

impl Turns {
    /// Lets both have so many turns.
    pub(crate) async fn take(pair: &mut impl Pair, rounds: u64) -> anyhow::Result<Self> {
        let mut turns = Self { rounds, ..Self::default() };
        for round in 0..rounds {
            // Neither is always the one that finds the caches warm.
            if round % 2 == 0 {
                turns.ours += time(pair.ours()).await?;
                turns.reference += time(pair.reference()).await?;
            } else {
                turns.reference += time(pair.reference()).await?;
                turns.ours += time(pair.ours()).await?;
            }
        }
        Ok(turns)
    }

    /// The seconds of one turn of ours.
    pub(crate) fn ours(&self) -> f64 {
        self.ours.as_secs_f64() / self.rounds as f64
    }

    /// The seconds of one turn of the reference.
    pub(crate) fn reference(&self) -> f64 {
        self.reference.as_secs_f64() / self.rounds as f64
    }

    /// Our time, as so many times the reference's.
    pub(crate) fn ratio(&self) -> f64 {
        self.ours.as_secs_f64() / self.reference.as_secs_f64()
    }
}

async fn time(turn: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<Duration> {
    let started = Instant::now();
    turn.await?;
    Ok(started.elapsed())
}

/// What criterion measures instead of time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TimesTheReference;

impl Measurement for TimesTheReference {
    type Intermediate = ();
    type Value = Turns;

    fn start(&self) {}

    /// Nothing: a pair is timed turn by turn.
    fn end(&self, (): ()) -> Turns {
        self.zero()
    }

    fn add(&self, one: &Turns, other: &Turns) -> Turns {
        Turns {
            rounds: one.rounds + other.rounds,
            ours: one.ours + other.ours,
            reference: one.reference + other.reference,
        }
    }

    fn zero(&self) -> Turns {
        Turns::default()
    }

    /// Criterion divides by the rounds, as it would for a time.
    fn to_f64(&self, turns: &Turns) -> f64 {
        turns.ratio() * turns.rounds as f64
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        self
    }
}

impl ValueFormatter for TimesTheReference {
    fn format_value(&self, ratio: f64) -> String {
        format!("{ratio:.3} x")
    }

    fn scale_values(&self, _: f64, _: &mut [f64]) -> &'static str {
        "x"
    }

    fn scale_throughputs(&self, _: f64, _: &Throughput, _: &mut [f64]) -> &'static str {
        "x"
    }

    fn scale_for_machines(&self, _: &mut [f64]) -> &'static str {
        "x"
    }
}
