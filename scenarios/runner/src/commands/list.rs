//! `candlecheck list`.

use std::fmt::Write;

use candlecheck::catalogue;
use clap::{Args, ValueEnum};
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{ColumnConstraint, ContentArrangement, Table};
use harness::report::terminal::category_name;
use serde_json::json;

use super::{WIDTH, output};
use crate::exit::Exit;

/// The format of the list.
#[derive(Args)]
pub(crate) struct Options {
    /// The format of the list
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Tables for a terminal
    Human,
    /// One JSON document
    Json,
    /// One Markdown table
    Markdown,
}

/// Prints the catalogue.
pub(crate) fn list(options: &Options) -> Result<u8, Exit> {
    let text = match options.format {
        Format::Human => human(),
        Format::Json => format!("{:#}\n", json()),
        Format::Markdown => candlecheck::markdown_catalogue(),
    };
    output::write(&text, None)?;
    Ok(0)
}

fn human() -> String {
    let mut out = String::new();
    let (mut scenarios, mut proofs) = (0, 0);
    for category in catalogue().chunk_by(|one, next| one.category() == next.category()) {
        let letter = category[0].category();
        let mut table = Table::new();
        table.load_style(UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH);
        table.set_header(["ID", "", "what must hold", "needs", "catches"]);
        table.column_iter_mut().take(1).for_each(|id| {
            id.set_constraint(ColumnConstraint::ContentWidth);
        });
        for scenario in category {
            let needs: Vec<&str> = scenario.needs.iter().map(|need| need.word()).collect();
            let priority = scenario.priority.word();
            table.add_row([
                scenario.id,
                priority,
                scenario.requirement,
                &needs.join(", "),
                &scenario.catches.join(", "),
            ]);
            scenarios += 1;
            proofs += scenario.catches.len();
        }
        let _ = writeln!(out, "{letter}. {}\n{table}\n", category_name(letter));
    }
    let _ = writeln!(out, "{scenarios} scenarios, {proofs} proofs");
    out
}

fn json() -> serde_json::Value {
    catalogue()
        .into_iter()
        .map(|scenario| {
            json!({
                "id": scenario.id,
                "name": scenario.name,
                "category": scenario.category(),
                "priority": scenario.priority.word(),
                "requirement": scenario.requirement,
                "from": scenario.from,
                "needs": scenario.needs.iter().map(|need| need.word()).collect::<Vec<_>>(),
                "catches": scenario.catches,
                "file": scenario.file,
            })
        })
        .collect()
}
