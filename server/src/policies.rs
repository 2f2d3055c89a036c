//! Every decision of the specification, composed of the stations' policies.
//!
//! [`Policies::default`] *is* the specification; nothing else in the server decides. Each station receives its own part
//! alone (see [`Server::new`](crate::Server::new)).

use std::fmt;

use crate::answer::AnswerPolicy;
use crate::candle::CandlePolicy;
use crate::completeness::CompletenessPolicy;
use crate::error::FailurePolicy;
use crate::freshness::FreshnessPolicy;
use crate::handler::DeadlinePolicy;
use crate::http::HealthPolicy;
use crate::http::auth::AuthPolicy;
use crate::http::body::BodyPolicy;
use crate::http::connections::ConnectionPolicy;
use crate::http::envelope::EnvelopePolicy;
use crate::invalidation::InvalidationPolicy;
use crate::key::KeyPolicy;
use crate::l1::MemoryPolicy;
use crate::look_up::LookUpPolicy;
use crate::market::CalendarPolicy;
use crate::policy::{Decision, Policy, Setting};
use crate::providers::ProviderPolicy;
use crate::request::RequestPolicy;
use crate::settings::{Environment, SettingsPolicy};
use crate::store::CallPolicy;
use crate::store::batch_write::BatchWritePolicy;
use crate::store::breaker::BreakerPolicy;
use crate::store::completeness_record::CompletenessRecordPolicy;
use crate::store::fetches::FetchPolicy;
use crate::store::items::ItemPolicy;
use crate::store::latest_action::ActionPolicy;
use crate::store::lock::LockPolicy;
use crate::store::query::QueryPolicy;
use crate::store::windows::WindowPolicy;
use crate::telemetry::{LogPolicy, MetricsPolicy};
use crate::warming::WarmingPolicy;

macro_rules! policies {
    ($( $(#[doc = $about:literal])+ $field:ident : $policy:ty; )+) => {
        /// The decisions of the specification, by station; see the [module](self).
        #[derive(Clone, Default)]
        pub struct Policies {
            $( $(#[doc = $about])+ pub $field: $policy, )+
        }

        impl Policies {
            /// The specification, with what the environment sets. A setting that does not parse changes nothing here;
            /// [`Settings::read`](crate::settings::Settings::read) refuses it.
            pub fn read(environment: &Environment) -> Self {
                let mut policies = Self::default();
                $( policies.$field.read_settings(&|name| environment.get(name)); )+
                policies
            }

            /// The settings that the policies have, as this environment sets them.
            pub fn settings(environment: &Environment) -> Vec<Setting> {
                [$( <$policy>::settings(&|name| environment.get(name)) ),+].concat()
            }

            /// Every decision as it stands, by station.
            pub fn stations(&self) -> Vec<(&'static str, Vec<Decision>)> {
                vec![$( (<$policy>::STATION, self.$field.decisions()) ),+]
            }

            #[cfg(test)]
            fn shown(&self) -> Vec<(&'static str, [String; 2])> {
                [$( self.$field.shown() ),+].concat()
            }
        }
    };
}

policies! {
    /// What a server starts with.
    settings: SettingsPolicy;
    /// What a client may keep of the server.
    connections: ConnectionPolicy;
    /// Who may do what.
    auth: AuthPolicy;
    /// What is taken of a request's body.
    body: BodyPolicy;
    /// What every answer has in common.
    envelope: EnvelopePolicy;
    /// What a client is told of a failure.
    failure: FailurePolicy;
    /// What may be asked for.
    request: RequestPolicy;
    /// The exchange's calendar.
    calendar: CalendarPolicy;
    /// What everything is called.
    key: KeyPolicy;
    /// How long an answer may take.
    deadline: DeadlinePolicy;
    /// What memory keeps.
    memory: MemoryPolicy;
    /// How a look-up goes from DynamoDB to the provider.
    look_up: LookUpPolicy;
    /// How long a window is looked for in DynamoDB.
    windows: WindowPolicy;
    /// What is served together of several fetches.
    fetches: FetchPolicy;
    /// When a window is whole.
    completeness: CompletenessPolicy;
    /// How long things stay good.
    freshness: FreshnessPolicy;
    /// What an answer says of itself.
    answer: AnswerPolicy;
    /// What a candle is.
    candle: CandlePolicy;
    /// Whom market data is asked of.
    provider: ProviderPolicy;
    /// How DynamoDB is called.
    dynamodb: CallPolicy;
    /// When DynamoDB is left alone.
    breaker: BreakerPolicy;
    /// Who asks the provider while others wait.
    lock: LockPolicy;
    /// What is read of a window.
    query: QueryPolicy;
    /// How candles are written.
    batch_write: BatchWritePolicy;
    /// What an item says.
    items: ItemPolicy;
    /// Who may say that a window is complete.
    completeness_record: CompletenessRecordPolicy;
    /// What a split or a dividend makes of what was fetched before it.
    actions: ActionPolicy;
    /// What an invalidation clears.
    invalidation: InvalidationPolicy;
    /// What is warmed.
    warming: WarmingPolicy;
    /// What an operator is told in numbers.
    metrics: MetricsPolicy;
    /// What becomes of log lines that are not taken.
    log: LogPolicy;
    /// What is told of an instance's readiness.
    health: HealthPolicy;
}

impl Policies {
    /// Every decision as it stands.
    pub fn decisions(&self) -> Vec<Decision> {
        self.stations().into_iter().flat_map(|(_, decisions)| decisions).collect()
    }
}

impl fmt::Debug for Policies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.stations()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Policies;

    #[test]
    fn a_function_gives_two_inputs_two_results() {
        let constant: Vec<_> = Policies::default().shown().into_iter().filter(|(_, [one, two])| one == two).collect();
        assert!(constant.is_empty(), "no decision, because it always gives the same: {constant:?}");
    }

    #[test]
    fn a_value_has_a_setting_or_names_what_else_it_could_be() {
        let policies = Policies::default();
        let functions: BTreeSet<&str> = policies.shown().into_iter().map(|(name, _)| name).collect();
        for decision in policies.decisions().into_iter().filter(|decision| !functions.contains(decision.name)) {
            let ways = usize::from(decision.setting.is_some()) + usize::from(decision.alternative.is_some());
            assert_eq!(ways, 1, "{} needs a setting, or an alternative, and not both", decision.name);
        }
    }

    #[test]
    fn every_decision_has_a_name_of_its_own_and_a_place_in_the_specification() {
        let decisions = Policies::default().decisions();
        let names: BTreeSet<&str> = decisions.iter().map(|decision| decision.name).collect();
        assert_eq!(names.len(), decisions.len());
        for decision in &decisions {
            assert!(decision.from.starts_with("decisions.md#"), "{}: {}", decision.name, decision.from);
            assert!(!decision.decision.is_empty() && !decision.about.is_empty(), "{decision:?}");
        }
    }
}
