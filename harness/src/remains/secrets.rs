//! Secrets, in every form in which a program might give them away.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// Shorter ones are found in innocent text too.
const SHORTEST: usize = 6;

/// What is searched for.
pub(super) struct Search {
    forms: BTreeSet<String>,
}

impl Search {
    pub(super) fn new(secrets: &BTreeSet<String>) -> Self {
        let long = secrets.iter().filter(|secret| secret.len() >= SHORTEST);
        Self { forms: long.flat_map(|secret| forms(secret)).collect() }
    }

    /// The text around a secret in it, and the form that was found.
    pub(super) fn find(&self, text: &str) -> Option<String> {
        let (form, at) = self.forms.iter().find_map(|form| Some((form, text.find(form.as_str())?)))?;
        let (from, to) = (at.saturating_sub(120), (at + form.len() + 40).min(text.len()));
        let around = String::from_utf8_lossy(&text.as_bytes()[from..to]).into_owned();
        Some(format!("{form:?} in …{around}…"))
    }
}

/// As it is, in hexadecimal, for a URL, in base64, and as a debugging program shows strings and bytes.
fn forms(secret: &str) -> Vec<String> {
    let bytes = secret.as_bytes();
    let mut forms = vec![
        secret.to_owned(),
        bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        bytes.iter().map(|byte| format!("{byte:02X}")).collect(),
        bytes.iter().map(|byte| format!("{byte:02x} ")).collect::<String>().trim_end().to_owned(),
        form_urlencoded::byte_serialize(bytes).collect(),
        format!("{secret:?}").trim_matches('"').to_owned(),
        format!("{bytes:?}").trim_matches(['[', ']']).to_owned(),
    ];
    for engine in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
        forms.extend((0..3).map(|before| base64_after(bytes, before, &engine)));
    }
    forms
}

/// What of its base64 is the same whatever stands around it, when so many bytes go before.
fn base64_after(secret: &[u8], before: usize, engine: &impl Engine) -> String {
    let padded: Vec<u8> = std::iter::repeat_n(0, before).chain(secret.iter().copied()).collect();
    let encoded = engine.encode(&padded);
    let first = (before * 4).div_ceil(3);
    let last = encoded.len() - usize::from(!padded.len().is_multiple_of(3));
    encoded[first..last].to_owned()
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE};

    use super::Search;

    const SECRET: &str = "s3cret/key+value?";

    #[test]
    fn a_secret_is_found_in_every_form() {
        let search = Search::new(&[SECRET.to_owned()].into());
        let around = |secret: &str| format!("header: {secret}; more");
        for before in ["", "T", "To", "Tok", "Token "] {
            let text = format!("{before}{SECRET} and more");
            assert!(search.find(&around(&STANDARD.encode(&text))).is_some(), "base64 after {before:?}");
            assert!(search.find(&around(&URL_SAFE.encode(&text))).is_some(), "URL-safe base64 after {before:?}");
        }
        for text in [
            SECRET.to_owned(),
            "s3cret%2Fkey%2Bvalue%3F".to_owned(),
            "7333637265742f6b65792b76616c75653f".to_owned(),
            "[73 33 63 72 65 74 2f 6b 65 79 2b 76 61 6c 75 65 3f]".to_owned(),
            format!("{:?}", SECRET.as_bytes()),
            format!("{:?}", Some(SECRET)),
        ] {
            assert!(search.find(&around(&text)).is_some(), "{text}");
        }
    }

    #[test]
    fn nothing_is_found_where_nothing_is() {
        let search = Search::new(&[SECRET.to_owned(), "key".to_owned()].into());
        assert_eq!(search.find("a key, and s3cret/key+valu"), None);
    }
}
