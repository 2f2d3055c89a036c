//! Text with placeholders: `--port={port}`. Braces around anything but a name are just braces, as in JSON.

use std::collections::BTreeMap;

/// What placeholders stand for.
pub(super) type Values = BTreeMap<String, String>;

/// Text in which values are still to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Placeholder(String),
}

impl Template {
    /// Reads a text; every `{name}` in it is a placeholder.
    pub(super) fn of(text: &str) -> Self {
        let (mut parts, mut rest) = (Vec::new(), text);
        let mut plain = String::new();
        while let Some((before, after)) = rest.split_once('{') {
            plain.push_str(before);
            match after.split_once('}').filter(|(name, _)| is_name(name)) {
                Some((name, behind)) => {
                    parts.push(Part::Text(std::mem::take(&mut plain)));
                    parts.push(Part::Placeholder(name.to_owned()));
                    rest = behind;
                }
                None => {
                    plain.push('{');
                    rest = after;
                }
            }
        }
        parts.push(Part::Text(plain + rest));
        Self(parts.into_iter().filter(|part| *part != Part::Text(String::new())).collect())
    }

    /// The names of its placeholders.
    pub(super) fn placeholders(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Placeholder(name) => Some(name.as_str()),
            Part::Text(_) => None,
        })
    }

    /// The one placeholder that it consists of, if it does.
    pub(super) fn alone(&self) -> Option<&str> {
        match &self.0[..] {
            [Part::Placeholder(name)] => Some(name),
            _ => None,
        }
    }

    /// The same with what is known already.
    pub(super) fn with(self, known: impl Fn(&str) -> Option<String>) -> Self {
        let fill = |part| match part {
            Part::Placeholder(name) => known(&name).map_or(Part::Placeholder(name), Part::Text),
            text => text,
        };
        Self(self.0.into_iter().map(fill).collect())
    }

    /// The text; nothing when something in it has no value.
    pub(super) fn fill(&self, values: &Values) -> Option<String> {
        let filled = self.0.iter().map(|part| match part {
            Part::Text(text) => Some(text.as_str()),
            Part::Placeholder(name) => values.get(name).map(String::as_str),
        });
        filled.collect()
    }
}

fn is_name(text: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '.';
    text.starts_with(|first: char| first.is_ascii_alphabetic()) && text.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::{Template, Values};

    #[test]
    fn names_in_braces_are_filled_and_other_braces_stay() {
        let values: Values = [("now".to_owned(), "noon".to_owned()), ("port".to_owned(), "80".to_owned())].into();
        for (text, filled) in [
            ("", Some("")),
            ("--port={port}", Some("--port=80")),
            ("{port}{now}", Some("80noon")),
            (r#"{"now": "{now}", "more": {}}"#, Some(r#"{"now": "noon", "more": {}}"#)),
            ("an open { brace", Some("an open { brace")),
            ("{nobody}", None),
        ] {
            assert_eq!(Template::of(text).fill(&values).as_deref(), filled, "{text}");
        }
    }

    #[test]
    fn it_knows_its_placeholders() {
        let template = Template::of("http://{host}:{port}/");
        assert_eq!(template.placeholders().collect::<Vec<_>>(), ["host", "port"]);
        assert_eq!((template.alone(), Template::of("{host}").alone()), (None, Some("host")));
        let local = template.with(|name| (name == "host").then(|| "here".to_owned()));
        assert_eq!(local.placeholders().collect::<Vec<_>>(), ["port"]);
    }
}
