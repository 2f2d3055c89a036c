//! A metric as operators meet it: on `/metrics`, and in the log.

use harness::{Lab, Server, Verdict};

/// What a metric has come to when its instance stops: on `/metrics` just before, and in the log.
pub(crate) async fn in_the_end(lab: &mut Lab, server: &Server, metric: &str) -> Verdict<[u64; 2]> {
    server.idle().await?;
    let shown = server.metrics().await?.count(metric);
    lab.stop(server).await?;
    Ok([shown, server.logged_metrics().count(metric)])
}
