//! The table at the end: each comparison, and whether its aim is met.
#![expect(clippy::float_arithmetic, reason = "ratios and times, not prices")]

use std::fmt;
use std::time::Duration;

use comfy_table::Table;
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use criterion::{Criterion, SamplingMode};
use tokio::runtime::Runtime;

use crate::aim::Aim;
use crate::turns::{Pair, TimesTheReference, Turns};

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

    /// Lets criterion measure a pair, unless the command line leaves it out, and notes the result.
    pub(crate) fn measure<P: Pair>(&mut self, mut pair: P) {
        let mut samples = Vec::new();
        let mut group = self.criterion.benchmark_group("performance");
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
        if !measured.is_empty() {
            self.note(P::NAME, P::AIM, &measured);
        }
    }

    fn note(&mut self, what: &str, aim: Aim, samples: &[Turns]) {
        let median = |value: fn(&Turns) -> f64| median(samples.iter().map(value).collect());
        let (ours, reference, ratio) = (median(Turns::ours), median(Turns::reference), median(Turns::ratio));
        let micros = |seconds: f64| format!("{:.0} µs", seconds * 1e6);
        let (values, aim, met) = match aim {
            Aim::Throughput { least, answers } => {
                let a_second = |turn: f64| format!("{:.0}/s", f64::from(answers) / turn);
                let values = [a_second(ours), a_second(reference), format!("{:.0} %", 100.0 / ratio)];
                (values, format!(">= {:.0} %", 100.0 * least), 1.0 / ratio >= least)
            }
            Aim::Times(most) => {
                ([micros(ours), micros(reference), format!("{ratio:.2} x")], format!("<= {most} x"), ratio <= most)
            }
            Aim::Added(most) => {
                let added = median(|turns| turns.ours() - turns.reference());
                let values = [micros(ours), micros(reference), format!("{ratio:.2} x, {} added", micros(added))];
                (values, format!("< {} added", micros(most.as_secs_f64())), added < most.as_secs_f64())
            }
        };
        self.add_row(what, values, &aim, met);
    }

    fn add_row(&mut self, what: &str, values: [String; 3], aim: &str, met: bool) {
        let [ours, reference, ratio] = values;
        self.table.add_row([what, &ours, &reference, &ratio, aim, if met { "yes" } else { "NO" }]);
    }
}

impl fmt::Display for Scoreboard<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.table.fmt(f)
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
