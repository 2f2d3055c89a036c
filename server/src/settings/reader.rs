//! Reads one setting after the other, and notes what is wrong with each.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use secrecy::SecretString;
use tracing_subscriber::filter::Targets;

use super::{AwsSettings, Environment};
use crate::http::dashboard::Dashboard;
use crate::policies::Policies;
use crate::providers::{Account, Credential, is_key};
use crate::telemetry;

/// An environment that is being read.
pub(super) struct Reader<'a> {
    environment: &'a Environment,
    policies: &'a Policies,
    faults: Vec<String>,
}

impl<'a> Reader<'a> {
    pub(super) fn of(environment: &'a Environment, policies: &'a Policies) -> Self {
        Self { environment, policies, faults: Vec::new() }
    }

    /// Everything that is wrong. Of a variable that cannot even be read, nothing else is said.
    pub(super) fn all_faults(self) -> Vec<String> {
        let Self { environment, policies, faults } = self;
        let no_text: Vec<&str> = environment.no_text().filter(|name| (policies.settings.must_be_text)(name)).collect();
        let about = |fault: &str, name: &str| fault.split([' ', ':']).next() == Some(name);
        let others = faults.into_iter().filter(|fault| !no_text.iter().any(|name| about(fault, name)));
        let unreadable =
            no_text.iter().map(|name| format!("{name} is no UTF-8: write it again, in plain ASCII at best"));
        unreadable.chain(others).collect()
    }

    pub(super) fn fault(&mut self, fault: impl Into<String>) {
        self.faults.push(fault.into());
    }

    pub(super) fn faults(&mut self, faults: Vec<String>) {
        self.faults.extend(faults);
    }

    /// Notes that a variable's text is not what the setting takes.
    pub(super) fn malformed(&mut self, name: &str, message: &str) {
        let text = self.environment.get(name).filter(|_| (self.policies.settings.quotable)(name));
        self.faults.push(match text {
            Some(text) => format!("{message}, not `{text}`"),
            None => message.into(),
        });
    }

    pub(super) fn table(&mut self) -> Option<String> {
        let name = (self.policies.settings.table_name)(self.environment.get("OHLC_CACHE_TABLE"));
        name.map_err(|fault| self.fault(fault)).ok()
    }

    pub(super) fn credential(&mut self, name: &str) -> Option<Credential> {
        let file = format!("{name}_FILE");
        match (self.environment.get(name), self.environment.get(&file)) {
            (Some(_), Some(_)) => {
                self.fault(format!("{name} and {file} are both set: keep one of them"));
                None
            }
            (Some(key), None) if !is_key(key) => {
                let problem = "holds a character that no key has: copy the key again, without spaces or line breaks";
                self.malformed(name, &format!("{name} {problem}"));
                None
            }
            (Some(key), None) => Some(Credential::Given(SecretString::from(key))),
            (None, Some(path)) => Some(Credential::File(PathBuf::from(path))),
            (None, None) => None,
        }
    }

    pub(super) async fn key_file(&mut self, name: &str, account: Option<&Account>) {
        let Some(account) = account else { return };
        if let Err(unreadable) = account.key.read().await {
            self.fault(format!("{name}: {}", (self.policies.provider.unreadable_key)(&unreadable)));
        }
    }

    pub(super) async fn dashboard(&mut self) -> Option<Dashboard> {
        let folder = self.environment.get("OHLC_DASHBOARD_DIR")?;
        let read = Dashboard::read(Path::new(folder), &*self.policies.settings.may_be_served).await;
        read.map_err(|unreadable| self.fault(format!("OHLC_DASHBOARD_DIR: {unreadable}"))).ok()
    }

    pub(super) fn log(&mut self) -> Targets {
        telemetry::filter(self.environment.get("OHLC_LOG").unwrap_or("info")).unwrap_or_else(|_| {
            let message = "OHLC_LOG does not parse: give a filter like OHLC_LOG=info or OHLC_LOG=ohlc_server=debug";
            self.malformed("OHLC_LOG", message);
            Targets::new()
        })
    }

    pub(super) fn url(&mut self, name: &str, default: &str) -> String {
        let text = self.environment.get(name).unwrap_or(default);
        let well_formed = reqwest::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        if !well_formed {
            self.malformed(name, &format!("{name} is not an http or https address, for example {name}={default}"));
        }
        text.into()
    }

    pub(super) fn tokens(&mut self, names: [&'static str; 2]) -> [Vec<SecretString>; 2] {
        let lists = names.map(|name| {
            let text = self.environment.get(name).unwrap_or_default();
            text.split(',').map(str::trim).filter(|token| !token.is_empty()).collect::<Vec<_>>()
        });
        let named = [(names[0], lists[0].as_slice()), (names[1], lists[1].as_slice())];
        self.faults.extend((self.policies.settings.tokens)(named));
        lists.map(|tokens| tokens.into_iter().map(SecretString::from).collect())
    }

    pub(super) fn jwt_secret(&mut self) -> Option<SecretString> {
        let secret = self.environment.get("OHLC_JWT_SECRET")?;
        if secret.len() < 32 {
            self.malformed("OHLC_JWT_SECRET", "OHLC_JWT_SECRET is too short: HS256 needs at least 32 characters, for example the output of `openssl rand -hex 32`");
        }
        Some(SecretString::from(secret))
    }

    pub(super) fn parsed<T: FromStr + fmt::Display>(&mut self, name: &str, default: T) -> T {
        match self.environment.get(name).map(str::parse) {
            None => default,
            Some(Ok(value)) => value,
            Some(Err(_)) => {
                self.malformed(name, &format!("{name} does not parse: give a value like {name}={default}"));
                default
            }
        }
    }

    pub(super) fn aws(&mut self) -> AwsSettings {
        let text = |name: &str| self.environment.get(name).map(str::to_owned);
        let secret = |name: &str| self.environment.get(name).map(SecretString::from);
        let credentials = match (text("AWS_ACCESS_KEY_ID"), secret("AWS_SECRET_ACCESS_KEY")) {
            (Some(id), Some(key)) => Some((id, key, secret("AWS_SESSION_TOKEN"))),
            _ => None,
        };
        let region = text("AWS_REGION");
        // Without one, the SDK knows where DynamoDB is.
        let endpoint = "AWS_ENDPOINT_URL_DYNAMODB";
        let endpoint = self.environment.get(endpoint).map(|_| self.url(endpoint, "http://127.0.0.1:8001"));
        AwsSettings { region, endpoint, credentials }
    }
}
