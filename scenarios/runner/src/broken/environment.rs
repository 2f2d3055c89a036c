//! An environment that misbehaves.

use ohlc_server::policy::Set;
use ohlc_server::{Policies, Ports};

/// Hides the settings that do not parse.
pub(crate) fn without_malformed(ports: &mut Ports) {
    let malformed = Policies::settings(&ports.environment).into_iter().filter(|setting| setting.set == Set::Malformed);
    let hidden: Vec<&str> = malformed.map(|setting| setting.name).collect();
    let variables = ports.environment.clone().into_iter();
    ports.environment = variables.filter(|(name, _)| !hidden.contains(&name.as_str())).collect();
}
