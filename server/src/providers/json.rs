//! A provider's JSON, read for what is needed of it: the text of some fields, and lists of a bounded length. What nobody
//! asks for is skipped, however long or deep it is.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::error::Unread;

/// The text of the fields of these names, in the order of the names; nothing if it is no object. Of a name that comes
/// twice the last value counts.
pub(super) fn fields<'a, const N: usize>(object: &'a str, names: [&str; N]) -> Option<[Option<&'a RawValue>; N]> {
    let mut json = serde_json::Deserializer::from_str(object);
    let found = json.deserialize_map(Named(names)).ok()?;
    json.end().ok().map(|()| found)
}

/// The items of a list.
pub(super) fn items(list: &str, most: u32) -> Result<Vec<&RawValue>, Unread> {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let mut json = serde_json::Deserializer::from_str(list);
    let items = json.deserialize_seq(AtMost(most)).and_then(|items| json.end().map(|()| items));
    let items = items.map_err(|_| Unread::NotAsAgreed)?;
    if items.len() > most { Err(Unread::TooLarge) } else { Ok(items) }
}

/// The text that a JSON string means, whatever escapes it is written with; nothing if it is no string.
pub(super) fn text(value: &RawValue) -> Option<Cow<'_, str>> {
    serde_json::from_str(value.get()).ok().map(|Text(text)| text)
}

/// Bare `NaN` and `Infinity`, which some encoders write although JSON has no such words, become null: one bad number
/// must not make the whole answer unreadable. A byte order mark before it all goes.
pub(super) fn tame(body: &str) -> Cow<'_, str> {
    let body = body.trim_start_matches('\u{feff}');
    if !body.contains("NaN") && !body.contains("Infinity") {
        return Cow::Borrowed(body);
    }
    let (mut out, mut rest, mut quoted) = (String::with_capacity(body.len()), body, false);
    while let Some(first) = rest.chars().next() {
        let word = ["NaN", "-Infinity", "Infinity"].into_iter().find(|word| !quoted && rest.starts_with(word));
        let taken = match (word, first) {
            (Some(word), _) => {
                out.push_str("null");
                rest = &rest[word.len()..];
                continue;
            }
            (None, '\\') if quoted => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            (None, '"') => {
                quoted = !quoted;
                1
            }
            (None, other) => other.len_utf8(),
        };
        out.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    Cow::Owned(out)
}

#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

struct Named<'n, const N: usize>([&'n str; N]);

impl<'de, const N: usize> Visitor<'de> for Named<'_, N> {
    type Value = [Option<&'de RawValue>; N];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut found = [None; N];
        while let Some(Text(name)) = object.next_key()? {
            match self.0.iter().position(|known| *known == name) {
                Some(place) => found[place] = Some(object.next_value()?),
                None => _ = object.next_value::<IgnoredAny>()?,
            }
        }
        Ok(found)
    }
}

struct AtMost(usize);

impl<'de> Visitor<'de> for AtMost {
    type Value = Vec<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        // One more than may be tells that it is too long.
        while items.len() <= self.0
            && let Some(item) = list.next_element()?
        {
            items.push(item);
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(items)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown<'a, const N: usize>(object: &'a str, names: [&str; N]) -> Option<[Option<&'a str>; N]> {
        fields(object, names).map(|found| found.map(|value| value.map(RawValue::get)))
    }

    #[test]
    fn fields_are_found_by_their_names_however_those_are_written() {
        let object = "\t{ \"x\": [[{}]], \"\\u0061\" : 1.50 ,\r\n\"b\":{\"a\":2},\"a\":-1.5E2}";
        assert_eq!(shown(object, ["a", "b", "c"]), Some([Some("-1.5E2"), Some("{\"a\":2}"), None]));
        for no_object in ["[]", "null", "", "{", "{} {}", "\"a\""] {
            assert_eq!(shown(no_object, ["a"]), None, "{no_object}");
        }
    }

    #[test]
    fn a_list_has_as_many_items_as_it_may() {
        let length = |list| items(list, 2).map(|items| items.len());
        assert_eq!(length(" [1, [2]] "), Ok(2));
        assert_eq!(length("[]"), Ok(0));
        assert_eq!(length("[1, 2, 3, 4]"), Err(Unread::TooLarge));
        for no_list in ["{}", "null", "", "[1", "[1,]", "[] x", "1"] {
            assert_eq!(length(no_list), Err(Unread::NotAsAgreed), "{no_list}");
        }
    }

    #[test]
    fn depth_and_length_harm_nobody() {
        let deep = format!("[{}{},1]", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(items(&deep, 2).map(|items| items.len()), Ok(2));
        let long = format!("{{\"a\": {}, \"b\": 1}}", "9".repeat(1_000_000));
        assert_eq!(shown(&long, ["b"]), Some([Some("1")]));
    }

    #[test]
    fn bare_words_become_null_and_quoted_ones_stay() {
        let body = r#"[{"a": NaN, "b": -Infinity, "c": Infinity, "d": "NaN \" NaN", "é": 1.50}]"#;
        let null = r#"[{"a": null, "b": null, "c": null, "d": "NaN \" NaN", "é": 1.50}]"#;
        assert_eq!(tame(body), null);
        assert_eq!(tame("\u{feff}[1]"), "[1]");
    }

    #[test]
    fn a_text_is_what_it_means() {
        let text =
            |json: &str| serde_json::from_str(json).ok().and_then(|raw: Box<RawValue>| text(&raw).map(Cow::into_owned));
        assert_eq!(text(r#""2026\u002D02\/03 \u002b""#), Some("2026-02/03 +".into()));
        for none in ["1", "null", "[]", r#""\ud800""#] {
            assert_eq!(text(none), None, "{none}");
        }
    }
}
