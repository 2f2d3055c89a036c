//! The matrix for a browser: one page that loads nothing from elsewhere.

use maud::html;

use super::MatrixReport;
use crate::report::html::{candle, page, took};

/// The matrix as a page.
pub fn render(report: &MatrixReport) -> String {
    let (matrix, headline) = (&report.matrix, report.meaning());
    let tone = match matrix.exit_code() {
        0 => "good",
        1 => "bad",
        _ => "unknown",
    };
    let seed = report.seed.to_string();
    let facts =
        [("Server", &report.target), ("DynamoDB", &report.tier.name), ("Seed", &seed), ("Took", &took(report.took))];
    let body = html! {
        header {
            p.brand { (candle()) "Candlecheck" }
            h1 .(tone) { (headline) }
            p.lead { (matrix.rows.len()) " defects against " (matrix.scenarios.len()) " scenarios" }
            dl.facts { @for (name, fact) in facts { div { dt { (name) } dd { (fact) } } } }
        }
        main {
            @for (what, names) in report.findings() {
                @if !names.is_empty() {
                    section {
                        h2 { (names.len()) " " (what) }
                        ul { @for name in &names { li { code { (name) } } } }
                    }
                }
            }
            section aria-labelledby="matrix" {
                h2 #matrix { "The matrix" }
                table {
                    thead { tr { th scope="col" { "Defect" } th scope="col" { "Claimed by" } th scope="col" { "Caught by" } } }
                    tbody {
                        @for row in &matrix.rows {
                            tr {
                                th scope="row" { code { (row.defect) } @if let Some(about) = &row.about { small { (about) } } }
                                td { (row.claimed_by.join(" ")) }
                                td { @if row.caught_by.is_empty() { "none" } @else { (row.caught_by.join(" ")) } }
                            }
                        }
                    }
                }
            }
        }
    };
    page(&headline, &body)
}
