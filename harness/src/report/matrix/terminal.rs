//! The matrix for people: a line a defect, then what is worth a look.

use std::fmt::Write;

use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{ColumnConstraint, ContentArrangement, Table};

use super::MatrixReport;

/// How wide it is, in columns: what a window on a laptop shows.
const WIDTH: u16 = 140;

/// The matrix as text.
pub fn render(report: &MatrixReport) -> String {
    let mut out = String::new();
    // Writing into a String cannot fail.
    let _ = write(report, &mut out);
    out
}

fn write(report: &MatrixReport, out: &mut String) -> std::fmt::Result {
    let MatrixReport { tier, target, seed, matrix, .. } = report;
    writeln!(out, "Candlecheck: defects of server {target}, DynamoDB {tier}, seed {seed}\n")?;
    let mut table = Table::new();
    table.load_style(UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH);
    table.set_header(["defect", "claimed by", "caught by"]);
    table.column_iter_mut().take(1).for_each(|defect| {
        defect.set_constraint(ColumnConstraint::ContentWidth);
    });
    for row in &matrix.rows {
        let caught = if row.caught_by.is_empty() { "none".into() } else { row.caught_by.join(" ") };
        table.add_row([row.defect, &row.claimed_by.join(" "), &caught]);
    }
    writeln!(out, "{table}")?;
    for (what, names) in report.findings() {
        if !names.is_empty() {
            writeln!(out, "\n{what}: {}\n  {}", names.len(), names.join("\n  "))?;
        }
    }
    for row in &matrix.rows {
        for (id, reason) in row.unclear.iter().filter(|(id, _)| row.claimed_by.contains(id)) {
            writeln!(out, "\n{id} could not be run against {}: {reason}", row.defect)?;
        }
    }
    let (defects, scenarios) = (matrix.rows.len(), matrix.scenarios.len());
    writeln!(out, "\n{defects} defects against {scenarios} scenarios in {:.1} s", report.took.as_secs_f64())?;
    writeln!(out, "{}", report.meaning())
}
