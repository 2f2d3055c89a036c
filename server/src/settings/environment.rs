//! The environment: all that the server ever learns of its surroundings, so a test can give each instance its own.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;

/// Environment variables, by name.
#[derive(Clone, Default)]
pub struct Environment(BTreeMap<String, OsString>);

impl Environment {
    /// The variables of this process.
    pub fn of_process() -> Self {
        #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
        let variables = std::env::vars_os();
        variables.map(|(name, text)| (name.to_string_lossy().into_owned(), text)).collect()
    }

    /// A variable's text; one that is set to nothing, or to what is not UTF-8, counts as not set.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.to_str().map(str::trim).filter(|text| !text.is_empty())
    }

    /// The variables whose text is no UTF-8.
    pub(super) fn no_text(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|(_, text)| text.to_str().is_none()).map(|(name, _)| name.as_str())
    }
}

impl<K: Into<String>, V: Into<OsString>> FromIterator<(K, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(variables: I) -> Self {
        Self(variables.into_iter().map(|(name, text)| (name.into(), text.into())).collect())
    }
}

impl IntoIterator for Environment {
    type Item = (String, OsString);
    type IntoIter = std::collections::btree_map::IntoIter<String, OsString>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Debug for Environment {
    /// Names only: values may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// Whether a variable is a setting, ours or AWS's, so that its text has to be read. Anything else in the environment is
/// nobody's business here, whatever it holds.
pub fn is_setting(name: &str) -> bool {
    ["OHLC_", "TIINGO_", "FINNHUB_", "AWS_"].iter().any(|prefix| name.starts_with(prefix))
}
