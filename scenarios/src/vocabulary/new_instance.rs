//! An instance that has just been started, and so knows nothing but what the table holds.

use harness::{Ask, Lab, Reply, Verdict};

/// What it answers, which must come from there, and what it answers from memory after that.
pub(crate) async fn asked_anew(lab: &mut Lab, ask: &Ask, source: &str) -> Verdict<[Reply; 2]> {
    let server = lab.another_server().await?;
    let first = server.ask(ask.clone()).await?.comes_from(source)?;
    server.idle().await?;
    let kept = server.ask(ask.clone()).await?.comes_from("in-memory")?;
    lab.stop(&server).await?;
    Ok([first, kept])
}
