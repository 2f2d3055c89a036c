//! Tickers that are not cached yet.

use harness::Lab;

/// Enough for each case of a property and each shrinking step: a repeated ticker would be answered from memory, which
/// would hide what the property is about.
pub(crate) fn tickers(first: char) -> impl Iterator<Item = String> {
    let letters = || 'A'..='Z';
    letters().flat_map(move |second| letters().map(move |third| format!("{first}{second}{third}")))
}

/// The next of them, listed.
pub(crate) fn listed(lab: &Lab, tickers: &mut impl Iterator<Item = String>) -> String {
    let ticker = tickers.next().unwrap_or_default();
    lab.tiingo.lists(&ticker).since("2020-01-02");
    ticker
}
