//! The words of a server that says the contract's things in its own way.
//!
//! Scenarios speak the contract's language alone. What goes to a server is put into its words on the way, and what
//! comes from it into the contract's: headers and their values, the fields of its errors, the attributes of its items,
//! and how a client shows who it is.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::Value;

use crate::capability::Unsupported;
use crate::contract::{ADMIN_TOKEN, TOKEN};

/// How a server puts what the contract says. The default is the contract's own words.
#[derive(Debug, Clone, Default)]
pub struct Dialect {
    /// Header names in lower case, by the contract's name.
    pub headers: BTreeMap<String, String>,
    /// Values of `X-Cache-Source`, by the contract's value.
    pub sources: BTreeMap<String, String>,
    /// Where an error's fields stand in its body, by the contract's name: `detail`, or `error.code` for one inside.
    pub error: BTreeMap<String, String>,
    /// Names of an item's attributes, by the contract's name.
    pub attributes: BTreeMap<String, String>,
    /// How clients show who they are; as the contract says, when it is not said.
    pub authentication: Option<Authentication>,
}

/// How clients show who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Authentication {
    /// Not at all: whoever asks is answered.
    Nobody,
    /// With a header.
    Header {
        /// The header's name in lower case.
        name: String,
        /// What stands before the token: `Bearer `.
        before: String,
        /// What stands for the token that scenarios log in with, where the server knows another one.
        token: String,
        /// The same for the token that may invalidate, if there is one.
        admin_token: Option<String>,
    },
}

impl Dialect {
    /// A request's headers as the server wants them.
    ///
    /// # Errors
    /// [`Unsupported`], when the server has no way to be told.
    pub(crate) fn of_request(&self, headers: &[(String, String)]) -> Result<Vec<(String, String)>, Unsupported> {
        let mut said = Vec::new();
        for (name, value) in headers {
            match (name.as_str(), &self.authentication) {
                ("authorization", Some(authentication)) => said.extend(authentication.header(value)?),
                _ => said.push((self.headers.get(&name.to_lowercase()).unwrap_or(name).clone(), value.clone())),
            }
        }
        Ok(said)
    }

    /// An answer's headers as the contract has them.
    pub(crate) fn of_reply(&self, headers: BTreeMap<String, String>) -> BTreeMap<String, String> {
        let mut said: BTreeMap<_, _> =
            headers.into_iter().map(|(name, value)| (known_as(&self.headers, &name), value)).collect();
        if let Some(source) = said.get_mut("x-cache-source") {
            *source = known_as(&self.sources, source);
        }
        said
    }

    /// A field of a body that tells an error.
    pub(crate) fn error_field<'a>(&self, body: &'a Value, name: &str) -> Option<&'a Value> {
        match self.error.get(name) {
            Some(path) => path.split('.').try_fold(body, |inside, step| inside.get(step)),
            None => body.get(name),
        }
    }

    /// An item's attributes as the contract names them.
    pub(crate) fn of_stored(&self, attributes: HashMap<String, AttributeValue>) -> HashMap<String, AttributeValue> {
        attributes.into_iter().map(|(name, value)| (known_as(&self.attributes, &name), value)).collect()
    }

    /// An item's attributes as the server names them.
    pub(crate) fn to_store(&self, attributes: HashMap<String, AttributeValue>) -> HashMap<String, AttributeValue> {
        let own = |name: String| self.attributes.get(&name).cloned().unwrap_or(name);
        attributes.into_iter().map(|(name, value)| (own(name), value)).collect()
    }
}

impl Authentication {
    /// What takes the place of this `Authorization` header of a scenario's.
    fn header(&self, value: &str) -> Result<Option<(String, String)>, Unsupported> {
        let shown = value.strip_prefix("Bearer ").unwrap_or(value);
        match self {
            Self::Nobody if [TOKEN, ADMIN_TOKEN].contains(&shown) => Ok(None),
            Self::Nobody => Err(Unsupported("authentication".into())),
            Self::Header { name, before, token, admin_token } => {
                let shown = match (shown, admin_token) {
                    (TOKEN, _) => token,
                    (ADMIN_TOKEN, Some(admin_token)) => admin_token,
                    (ADMIN_TOKEN, None) => return Err(Unsupported("an admin's token".into())),
                    _ => shown,
                };
                Ok(Some((name.clone(), format!("{before}{shown}"))))
            }
        }
    }

    /// What nobody may read anywhere.
    pub(crate) fn secrets(&self) -> Vec<String> {
        match self {
            Self::Nobody => Vec::new(),
            Self::Header { token, admin_token, .. } => {
                [token].into_iter().chain(admin_token).map(String::clone).collect()
            }
        }
    }
}

/// The contract's word for a server's own.
fn known_as(words: &BTreeMap<String, String>, own: &str) -> String {
    let known = words.iter().find(|(_, word)| *word == own);
    known.map_or(own, |(contract, _)| contract).to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Authentication, Dialect};
    use crate::contract::{ADMIN_TOKEN, TOKEN};

    fn words(pairs: &[(&str, &str)]) -> std::collections::BTreeMap<String, String> {
        pairs.iter().map(|(contract, own)| ((*contract).to_owned(), (*own).to_owned())).collect()
    }

    fn bearer(token: &str) -> Vec<(String, String)> {
        vec![("authorization".to_owned(), format!("Bearer {token}"))]
    }

    #[test]
    fn an_answer_is_put_into_the_contract_s_words() {
        let dialect = Dialect {
            headers: words(&[("x-cache-source", "x-cache"), ("x-cache-age", "age")]),
            sources: words(&[("in-memory", "HIT"), ("dynamodb", "TABLE")]),
            ..Dialect::default()
        };
        let reply = |source: &str| dialect.of_reply(words(&[("x-cache", source), ("age", "3"), ("etag", "HIT")]));
        let expected = |source: &str| words(&[("x-cache-source", source), ("x-cache-age", "3"), ("etag", "HIT")]);
        assert_eq!(reply("HIT"), expected("in-memory"));
        assert_eq!(reply("elsewhere"), expected("elsewhere"), "a word that nobody declared stays what it is");
    }

    #[test]
    fn an_error_s_field_is_found_where_the_server_has_it() {
        let dialect = Dialect { error: words(&[("error", "detail"), ("code", "problem.type")]), ..Dialect::default() };
        let body = json!({"detail": "no", "problem": {"type": "bad"}, "field": "range", "code": 7});
        let field = |name| dialect.error_field(&body, name).cloned();
        assert_eq!(field("error"), Some(json!("no")));
        assert_eq!(field("code"), Some(json!("bad")));
        assert_eq!(field("field"), Some(json!("range")));
        assert_eq!(field("request_id"), None);
    }

    #[test]
    fn a_client_authenticates_as_the_server_wants_it() {
        let said = |authentication: &Authentication, token: &str| {
            let dialect = Dialect { authentication: Some(authentication.clone()), ..Dialect::default() };
            dialect.of_request(&bearer(token)).map_err(|lacks| lacks.0)
        };
        let key = |token: &str| Ok(vec![("x-api-key".to_owned(), token.to_owned())]);
        let (name, before) = ("x-api-key".to_owned(), String::new());
        let header = Authentication::Header { name, before, token: "reader".into(), admin_token: None };
        assert_eq!(said(&header, TOKEN), key("reader"));
        assert_eq!(said(&header, "guessed"), key("guessed"));
        assert_eq!(said(&header, ADMIN_TOKEN), Err("an admin's token".into()));
        assert_eq!(said(&Authentication::Nobody, TOKEN), Ok(Vec::new()));
        assert_eq!(said(&Authentication::Nobody, "guessed"), Err("authentication".into()));
        assert_eq!(Dialect::default().of_request(&bearer(TOKEN)).map_err(|lacks| lacks.0), Ok(bearer(TOKEN)));
    }
}
