//! Tickers that no cache knows yet.

/// So many that a property has one for each case, and for each step towards a smaller one: a ticker that comes again is
/// answered from memory, which would hide what the property is about.
pub(crate) fn tickers(first: char) -> impl Iterator<Item = String> {
    let letters = || 'A'..='Z';
    letters().flat_map(move |second| letters().map(move |third| format!("{first}{second}{third}")))
}
