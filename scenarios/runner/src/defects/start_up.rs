//! Mistakes at the beginning and the end of a process: a server that starts when it should not, or does not say why it
//! does not; and one that stops as if nothing were under way.

use std::sync::Arc;
use std::time::Duration;

use ohlc_server::settings;

use super::defects;

defects! {
    "default-table-name", "without a table that is named there is one called ohlc-cache":
        |rules, _| rules.table_name = Arc::new(|set| settings::table_name(set.or(Some("ohlc-cache"))));
    "malformed-setting-falls-back", "a setting that does not parse counts as not set":
        |rules, _| rules.malformed = Arc::new(|_, _| None);
    "malformed-setting-quoted", "what a malformed setting says is shown, be it a secret":
        |rules, _| rules.malformed = Arc::new(|message, text| Some(format!("{message}, not {text}")));
    "any-variable-must-be-text", "a variable that the server does not even read stops the start":
        |rules, _| rules.must_be_text = Arc::new(|_| true);
    "setting-that-is-no-text-left-out", "a setting whose text is no UTF-8 counts as not set":
        |rules, _| rules.must_be_text = Arc::new(|_| false);
    "zero-goes-for-anything", "a call may be given no time, and metrics no pause":
        |rules, _| rules.may_be_zero = Arc::new(|_| true);
    "zero-goes-for-nothing", "a server without retries, or without memory, does not start":
        |rules, _| rules.may_be_zero = Arc::new(|_| false);
    "times-of-any-length", "a lifetime may reach beyond the end of the calendar":
        |rules, _| rules.longest_time = Duration::MAX;
    "raw-error-of-a-key-file", "a key file that cannot be read is told in the system's words":
        |rules, _| rules.unreadable_key = Arc::new(|unreadable| unreadable.cause.to_string());
    "time-budget-not-checked", "any timeout goes with any ceiling":
        |rules, _| rules.time_budget = Arc::new(|_| Vec::new());
    "work-under-way-dropped", "a server that is told to stop is gone, with whatever it was doing":
        |rules, _| rules.finishes_while_stopping = false;
    "listens-while-stopping", "a server that is told to stop takes new requests until it has finished the others":
        |rules, _| rules.refuses_while_stopping = false;
    "no-time-left-after-a-provider", "a ceiling that ends with the provider's timeout is high enough":
        |rules, _| rules.time_budget = Arc::new(|rules| {
            let mut rules = rules.clone();
            rules.ceiling_margin = Duration::ZERO;
            settings::time_budget(&rules)
        });
}
