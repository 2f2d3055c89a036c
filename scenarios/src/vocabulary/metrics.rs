//! A metric as operators see it: on `/metrics` and in the log.

use harness::{Lab, Server, Verdict};

/// The final value of a metric: on `/metrics` just before its instance stops, and in the log after it.
pub(crate) async fn in_the_end(lab: &mut Lab, server: &Server, metric: &str) -> Verdict<[u64; 2]> {
    server.idle().await?;
    let shown = server.metrics().await?.count(metric);
    lab.stop(server).await?;
    Ok([shown, server.logged_metrics().count(metric)])
}
