//! The table at the end: each pair, and whether its aim is met.
#![expect(clippy::float_arithmetic, reason = "medians of ratios and times, not prices")]

use std::fmt;
use std::time::Duration;

use comfy_table::Table;
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use criterion::{Criterion, SamplingMode};
use tokio::runtime::Runtime;

use crate::turns::{Aim, Pair, TimesTheReference, Turns};

/// Samples that criterion takes of a pair.
const SAMPLES: usize = 50;
const WARM_UP: Duration = Duration::from_secs(1);
const MEASURING: Duration = Duration::from_secs(8);

/// Measures pairs and collects what came of them.
pub(crate) struct Scoreboard<'a> {
    runtime: &'a Runtime,
    criterion: &'a mut Criterion<TimesTheReference>,
    table: Table,
}

impl<'a> Scoreboard<'a> {
    pub(crate) fn new(runtime: &'a Runtime, criterion: &'a mut Criterion<TimesTheReference>) -> Self {
        let mut table = Table::new();
        table.load_style(UTF8_HORIZONTAL_ONLY).set_header(["what", "ours", "reference", "ratio", "aim", "met"]);
        Self { runtime, criterion, table }
    }

    /// Lets criterion measure a pair, and notes the result.
    pub(crate) fn measure<P: Pair>(&mut self, mut pair: P) {
        let mut samples = Vec::new();
        let mut group = self.criterion.benchmark_group("speed");
        group.sampling_mode(SamplingMode::Flat).sample_size(SAMPLES).warm_up_time(WARM_UP).measurement_time(MEASURING);
        group.bench_function(P::NAME, |bencher| {
            bencher.iter_custom(|rounds| {
                let turns = self.runtime.block_on(Turns::take(&mut pair, rounds)).expect("both ways lead to an answer");
                samples.push(turns);
                turns
            });
        });
        group.finish();
        // The first ones were for warming up.
        let measured = samples.split_off(samples.len().saturating_sub(SAMPLES));
        self.note::<P>(&measured);
    }

    fn note<P: Pair>(&mut self, samples: &[Turns]) {
        let median_of = |value: &dyn Fn(&Turns) -> f64| median(samples.iter().map(value).collect());
        let ours = median_of(&|turns| turns.ours.as_secs_f64() / turns.rounds as f64);
        let reference = median_of(&|turns| turns.reference.as_secs_f64() / turns.rounds as f64);
        let ratio = median_of(&Turns::ratio);
        let (shown, aim, met) = match P::AIM {
            Aim::Throughput { least, answers } => {
                let a_second = |turn: f64| format!("{:.0}/s", f64::from(answers) / turn);
                let shown = [a_second(ours), a_second(reference), format!("{:.0} %", 100.0 / ratio)];
                (shown, format!(">= {:.0} %", 100.0 * least), 1.0 / ratio >= least)
            }
            Aim::Times(most) => (times(ours, reference, ratio), format!("<= {most} x"), ratio <= most),
            Aim::Added(most) => {
                let added = median_of(&|turns| {
                    (turns.ours.as_secs_f64() - turns.reference.as_secs_f64()) / turns.rounds as f64
                });
                let [ours, reference, ratio] = times(ours, reference, ratio);
                let shown = [ours, reference, format!("{ratio}, {:.0} µs added", added * 1e6)];
                (shown, format!("< {} µs added", most.as_micros()), added < most.as_secs_f64())
            }
        };
        let [ours, reference, ratio] = shown;
        self.table.add_row([P::NAME, &ours, &reference, &ratio, &aim, if met { "yes" } else { "NO" }]);
    }
}

impl fmt::Display for Scoreboard<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.table.fmt(f)
    }
}

fn times(ours: f64, reference: f64, ratio: f64) -> [String; 3] {
    let micros = |seconds: f64| format!("{:.0} µs", seconds * 1e6);
    [micros(ours), micros(reference), format!("{ratio:.2} x")]
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
