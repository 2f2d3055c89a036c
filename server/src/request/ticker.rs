//! Tickers.

/// How many groups may follow the symbol: a class, a preferred share's series, a warrant, each after a separator.
const GROUPS: usize = 2;

/// The canonical form of a ticker: upper case, 1-5 letters, then at most two groups of `.` or `-` and 1-2 letters.
/// Nothing when the text is no ticker.
pub fn canonical(text: &str) -> Option<String> {
    let letters =
        |text: &str, most| (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    let mut parts = text.split(['.', '-']);
    let symbol = parts.next().is_some_and(|symbol| letters(symbol, 5));
    let groups: Vec<&str> = parts.collect();
    let well_formed = symbol && groups.len() <= GROUPS && groups.into_iter().all(|group| letters(group, 2));
    well_formed.then(|| text.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn tickers_of_the_contract() {
        let tickers = [
            ("f", "F"),
            ("googl", "GOOGL"),
            ("brk.b", "BRK.B"),
            ("BRK-B", "BRK-B"),
            ("bac-p-a", "BAC-P-A"),
            ("ACAQ-WS", "ACAQ-WS"),
            ("BRK.B-WS", "BRK.B-WS"),
        ];
        for (text, ticker) in tickers {
            assert_eq!(canonical(text).as_deref(), Some(ticker));
        }
        let none = [
            "", "GOOGLE", "BRK.", ".B", "BRK.BBB", "BRK.B.", "BRK..B", "BRK.-B", "A-B-C-D", "A1", "A.1", "ÄÖ", "Ａ",
            "A B", " A", "A\n", "\nA", "A\r", "A:B", "A#B", "A/B", "A.B\n",
        ];
        for text in none {
            assert_eq!(canonical(text), None, "{text:?}");
        }
    }
}
