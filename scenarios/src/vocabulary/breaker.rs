//! An instance whose breaker is open.

use harness::faults::{ErrorAnswer, everything};
use harness::{Lab, Server, Verdict, expect, ohlc};

/// Settings without retries: one failed attempt is one failure.
pub(crate) const NO_RETRY: [(&str, &str); 2] = [("OHLC_DYNAMODB_ATTEMPTS", "1"), ("OHLC_BATCH_BACKOFF", "1ms")];

/// A new instance whose breaker is open after three DynamoDB failures. DynamoDB works again.
pub(crate) async fn opened(lab: &mut Lab) -> Verdict<Server> {
    opened_with(lab, Vec::new()).await
}

/// The same with further settings.
pub(crate) async fn opened_with(lab: &mut Lab, settings: Vec<(&'static str, String)>) -> Verdict<Server> {
    let no_retry = NO_RETRY.map(|(name, value)| (name, value.to_owned()));
    let server = lab.another_server_with(no_retry.into_iter().chain(settings)).await?;
    let outage = lab.dynamodb.inject(everything(), ErrorAnswer::internal());
    for ticker in ["DOWN", "DOWNA", "DOWNB"] {
        lab.tiingo.lists(ticker).since("2020-01-02");
        server.ask(ohlc(ticker).range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;
    }
    expect("DynamoDB calls that failed", outage.applied()).is_not(0)?;
    outage.end();
    expect("the breaker being open", server.statistic("breaker_open").await?).is(true)?;
    Ok(server)
}
