//! Mistakes at the beginning and the end of a process: a server that starts when it should not, or does not say why it
//! does not; and one that stops as if nothing were under way.

use std::sync::Arc;
use std::time::Duration;

use ohlc_server::settings::{self, Times};
use tokio::sync::watch;

use super::defects;
use crate::broken::{dynamodb, environment, inbound, stop};

defects! {
    "default-table-name", "without a table that is named there is one called ohlc-cache":
        |policies, _| policies.settings.table_name = Arc::new(|set| settings::table_name(set.or(Some("ohlc-cache"))));
    "malformed-setting-falls-back", "a setting that does not parse counts as not set":
        |_, ports| environment::without_malformed(ports);
    "malformed-setting-quoted", "what a malformed setting says is shown, be it a secret":
        |policies, _| policies.settings.quotable = Arc::new(|_| true);
    "any-variable-must-be-text", "a variable that the server does not even read stops the start":
        |policies, _| policies.settings.must_be_text = Arc::new(|_| true);
    "setting-that-is-no-text-left-out", "a setting whose text is not UTF-8 counts as not set":
        |policies, _| policies.settings.must_be_text = Arc::new(|_| false);
    "zero-goes-for-anything", "a call may be given no time, and metrics no pause":
        |policies, _| policies.settings.may_be_zero = Arc::new(|_| true);
    "zero-goes-for-nothing", "a server without retries, or without memory, does not start":
        |policies, _| policies.settings.may_be_zero = Arc::new(|_| false);
    "times-of-any-length", "a lifetime may reach beyond the end of the calendar":
        |policies, _| policies.settings.longest_time = Duration::MAX;
    "raw-error-of-a-key-file", "a key file that cannot be read is told in the system's words":
        |policies, _| policies.provider.unreadable_key = Arc::new(|unreadable| unreadable.cause.to_string());
    "time-budget-not-checked", "any timeout goes with any deadline":
        |policies, _| policies.settings.time_budget = Arc::new(|_| Vec::new());
    "work-under-way-dropped", "a server that is told to stop is gone, with whatever it was doing":
        |_, ports| stop::first(ports, || async { std::process::exit(0) });
    "listens-while-stopping", "a server that is told to stop takes new requests until it has finished the others":
        |_, ports| {
            let under_way = Arc::new(watch::Sender::new(0_u32));
            let (asked, called) = (Arc::clone(&under_way), Arc::clone(&under_way));
            inbound::requests(ports, move |request, next| {
                let counted = Counted::among(&asked);
                Box::pin(async move {
                    let response = next.run(request).await;
                    drop(counted);
                    response
                })
            });
            dynamodb::calls(ports, move |call, wire| {
                let counted = Counted::among(&called);
                Box::pin(async move {
                    let answered = wire.send(call).await;
                    drop(counted);
                    answered
                })
            });
            stop::first(ports, move || {
                let mut under_way = under_way.subscribe();
                async move {
                    let _ = under_way.wait_for(|count| *count == 0).await;
                }
            });
        };
    "no-time-left-after-a-provider", "a deadline that ends with the provider's timeout is late enough":
        |policies, _| policies.settings.time_budget = Arc::new(|times| {
            settings::time_budget(&Times { margin: Duration::ZERO, ..*times })
        });
}

/// Something under way, for as long as it is there.
struct Counted(Arc<watch::Sender<u32>>);

impl Counted {
    fn among(all: &Arc<watch::Sender<u32>>) -> Self {
        all.send_modify(|count| *count += 1);
        Self(Arc::clone(all))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}
