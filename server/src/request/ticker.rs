//! Tickers.

/// The canonical form of a ticker: upper case, 1-5 letters, then optionally `.` or `-` and 1-2 letters.
/// Nothing when the text is no ticker.
pub fn canonical(text: &str) -> Option<String> {
    let (symbol, class) = match text.split_once(['.', '-']) {
        Some((symbol, class)) => (symbol, Some(class)),
        None => (text, None),
    };
    let letters =
        |text: &str, most| (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    let well_formed = letters(symbol, 5) && class.is_none_or(|class| letters(class, 2));
    well_formed.then(|| text.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn tickers_of_the_contract() {
        for (text, ticker) in [("f", "F"), ("googl", "GOOGL"), ("brk.b", "BRK.B"), ("BRK-B", "BRK-B")] {
            assert_eq!(canonical(text).as_deref(), Some(ticker));
        }
        for text in ["", "GOOGLE", "BRK.", ".B", "BRK.BBB", "BRK.B.C", "A1", "ÄÖ", "A B", "A:B", "A#B", "A/B"] {
            assert_eq!(canonical(text), None, "{text}");
        }
    }
}
