//! `candlecheck rules`.

use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{ColumnConstraint, ContentArrangement, Table};
use ohlc_server::Policies;

use super::{WIDTH, output};
use crate::exit::Exit;

/// Prints every decision of the specification.
pub(crate) fn rules() -> Result<u8, Exit> {
    let mut table = Table::new();
    table.load_style(UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH);
    table.set_header(["rule", "decision", "what it is about", "setting", "from"]);
    for line in Policies::default().decisions() {
        let alternative = line.alternative.map(|other| format!(" Instead: {other}.")).unwrap_or_default();
        let about = format!("{}{alternative}", line.about);
        table.add_row([line.name, &line.decision, &about, line.setting.unwrap_or(""), line.from]);
    }
    // What one searches for is never broken.
    for names in [0, 3] {
        if let Some(column) = table.column_mut(names) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    output::write(&format!("{table}\n"), None)?;
    Ok(0)
}
