//! What a world's servers leave behind: every log line, every answer, every item. Some things must hold of all of it,
//! whatever the scenario was about (S1-S5), so it is searched after every run of a healthy server.

mod errors;
mod items;
mod secrets;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::dynamodb::Item;
use crate::reply::Reply;
use crate::verdict::{Failure, Stop, Verdict};

use self::secrets::Search;

/// Collects while a world lives. Clones collect into the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct Collection(Arc<Mutex<Collected>>);

#[derive(Debug, Default)]
struct Collected {
    secrets: BTreeSet<String>,
    replies: Vec<Reply>,
}

impl Collection {
    /// Something that must be found nowhere.
    pub(crate) fn secret(&self, secret: &str) {
        self.collected(|collected| collected.secrets.insert(secret.to_owned()));
    }

    /// The secrets among the variables of an environment.
    pub(crate) fn secrets_of(&self, variable: &str, value: &str) {
        let secret = ["_KEY", "_TOKENS", "_SECRET"].into_iter().any(|end| variable.ends_with(end));
        if secret {
            value.split(',').for_each(|secret| self.secret(secret.trim()));
        }
    }

    pub(crate) fn reply(&self, reply: &Reply) {
        self.collected(|collected| collected.replies.push(reply.clone()));
    }

    /// Keeps no reply from before.
    pub(crate) fn forget_replies(&self) {
        self.collected(|collected| collected.replies.clear());
    }

    fn collected<T>(&self, collect: impl FnOnce(&mut Collected) -> T) -> T {
        collect(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Everything that was left behind by now.
pub struct Remains {
    /// The logs of all instances, one after the other.
    pub logs: String,
    /// Every answer to a client.
    pub replies: Vec<Reply>,
    /// Every item of the table.
    pub items: Vec<Item>,
    secrets: BTreeSet<String>,
    /// What only the inside knows: hosts, the table's name.
    inside: Vec<String>,
}

impl Remains {
    pub(crate) fn new(collection: &Collection, logs: String, items: Vec<Item>, inside: Vec<String>) -> Self {
        let (secrets, replies) =
            collection.collected(|collected| (collected.secrets.clone(), collected.replies.clone()));
        Self { logs, replies, items, secrets, inside }
    }

    /// All that must hold, one after the other.
    ///
    /// # Errors
    /// Failed, with the first thing that does not.
    pub fn are_clean(&self) -> Verdict {
        self.hold_no_secret_in_logs()?;
        self.hold_no_secret_in_keys()?;
        self.hold_no_stack_trace()?;
        self.hold_nothing_internal()?;
        self.hold_only_what_the_contract_lists()
    }

    /// No secret, in whatever form, stands in a log line or an answer.
    ///
    /// # Errors
    /// Failed, with the line.
    pub fn hold_no_secret_in_logs(&self) -> Verdict {
        let search = Search::new(&self.secrets);
        let lines = self.logs.lines().map(|line| ("a log line", line.to_owned()));
        let answers = self.replies.iter().map(|reply| ("an answer", format!("{:?} {}", reply.headers, reply.text)));
        match lines.chain(answers).find_map(|(what, text)| Some((what, search.find(&text)?))) {
            Some((what, found)) => Err(failed(format!("S1: a secret in {what}"), "none, in any form", found)),
            None => Ok(()),
        }
    }

    /// No secret stands in a key: of an item, or of an answer in memory, as its header tells it.
    ///
    /// # Errors
    /// Failed, with the key.
    pub fn hold_no_secret_in_keys(&self) -> Verdict {
        let search = Search::new(&self.secrets);
        let cached = self.replies.iter().map(|reply| reply.cache_key().to_owned());
        let stored = self
            .items
            .iter()
            .map(|item| format!("{} {}", item.s("PK").unwrap_or_default(), item.s("SK").unwrap_or_default()));
        match cached.chain(stored).find_map(|key| search.find(&key)) {
            Some(found) => Err(failed("S2: a secret in a key", "none, in any form", found)),
            None => Ok(()),
        }
    }

    /// No failure, and no header of any answer, shows how the program is built: no panic's words, no stack, no type's
    /// name.
    ///
    /// # Errors
    /// Failed, with the body or the header.
    pub fn hold_no_stack_trace(&self) -> Verdict {
        self.no_error_says("S3: a stack trace", errors::TRACES)?;
        self.no_header_says("S3: a stack trace", errors::TRACES)
    }

    /// No failure names a path, a host, a table or a part of the system, and no header of any answer a host or a table.
    ///
    /// # Errors
    /// Failed, with the body or the header.
    pub fn hold_nothing_internal(&self) -> Verdict {
        let inside: Vec<&str> = self.inside.iter().map(String::as_str).collect();
        self.no_error_says("S4: something internal", errors::INTERNALS)?;
        self.no_error_says("S4: something internal", &inside)?;
        // Not the words of a failure's body: the provider that answers has its own header.
        self.no_header_says("S4: something internal", &inside)
    }

    /// No item has an attribute that the contract does not list.
    ///
    /// # Errors
    /// Failed, with the item.
    pub fn hold_only_what_the_contract_lists(&self) -> Verdict {
        match self.items.iter().find_map(items::unlisted) {
            Some(found) => Err(failed("S5: an item of the table", "what the contract lists, and nothing else", found)),
            None => Ok(()),
        }
    }

    fn no_error_says(&self, what: &str, words: &[&str]) -> Verdict {
        let errors = self.replies.iter().filter(|reply| reply.status >= 400);
        match errors.map(|reply| &reply.text).find_map(|text| errors::said(text, words)) {
            Some(found) => Err(failed(format!("{what} in a failure's body"), "nothing of the kind", found)),
            None => Ok(()),
        }
    }

    /// Of any answer, good or bad.
    fn no_header_says(&self, what: &str, words: &[&str]) -> Verdict {
        let headers = self.replies.iter().flat_map(|reply| &reply.headers);
        match headers.map(|(name, value)| format!("{name}: {value}")).find_map(|header| errors::said(&header, words)) {
            Some(found) => Err(failed(format!("{what} in a header"), "nothing of the kind", found)),
            None => Ok(()),
        }
    }
}

fn failed(what: impl Into<String>, expected: &str, actual: String) -> Stop {
    Stop::Failed(Failure { what: what.into(), expected: expected.into(), actual })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Collection, Remains};
    use crate::reply::Reply;
    use crate::verdict::{Stop, Verdict};

    /// What is said of a good answer with this header, by a server whose table has this name.
    fn with_header(name: &str, value: &str) -> Verdict {
        let collection = Collection::default();
        let headers = [(name.to_owned(), value.to_owned())].into();
        collection.reply(&Reply::new(200, headers, "[]".to_owned(), Arc::default()));
        Remains::new(&collection, String::new(), Vec::new(), vec!["a-table".to_owned()]).are_clean()
    }

    #[test]
    fn a_header_of_a_good_answer_is_searched_too() {
        for (name, value, found) in [
            ("x-error", "thread 'main' panicked", "S3: a stack trace in a header"),
            ("via", "a-table", "S4: something internal in a header"),
        ] {
            let judged = with_header(name, value);
            assert!(matches!(&judged, Err(Stop::Failed(failure)) if failure.what == found), "{judged:?}");
        }
        assert_eq!(with_header("x-cache-source", "tiingo"), Ok(()));
    }
}
