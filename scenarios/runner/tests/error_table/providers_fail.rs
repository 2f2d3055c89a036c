//! 404, 429 and 503: what the providers do not know or cannot give now. None of it is stored, none of it lasts.

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use harness::faults::on;
use harness::{Lab, Verdict, expect, ohlc};

use crate::refusal::{Refusal, world};

const UNKNOWN: Refusal = Refusal {
    status: 404,
    code: "unknown_ticker",
    field: Some("ticker"),
    says: &["AAPL was not found", "check the spelling"],
};
const LIMITED: Refusal = Refusal {
    status: 429,
    code: "rate_limited",
    field: None,
    says: &["too many requests", "try again", "Retry-After"],
};
const UNAVAILABLE: Refusal = Refusal {
    status: 503,
    code: "unavailable",
    field: None,
    says: &["temporarily unavailable", "try again", "Retry-After"],
};

/// Nothing of a failure stays behind, not even its lock.
async fn nothing_is_stored(lab: &Lab) -> Verdict {
    expect("stored items", lab.table.items().await?).holds("none", Vec::is_empty)
}

#[tokio::test]
async fn an_unknown_ticker_is_known_as_soon_as_it_is_listed() -> Verdict {
    let mut lab = world().await?;
    let server = lab.server().await?;
    for resolution in ["D", "5"] {
        let asked = ohlc("aapl").range("1W").resolution(resolution);
        UNKNOWN.judge(&format!("an unknown ticker in {resolution}"), &server.ask(asked).await?)?;
        server.idle().await?;
        nothing_is_stored(&lab).await?;
    }
    lab.tiingo.lists("AAPL").since("2020-01-02");
    for resolution in ["D", "5"] {
        server.ask(ohlc("AAPL").range("1W").resolution(resolution)).await?.comes_from("tiingo")?;
    }
    Ok(lab.close().await?)
}

#[tokio::test]
async fn rate_limited_says_for_how_long_and_the_provider_is_left_alone_until_then() -> Verdict {
    let mut lab = world().await?;
    lab.tiingo.lists("AAPL").since("2020-01-02");
    lab.finnhub.unavailable();
    let server = lab.server().await?;

    lab.tiingo.rate_limited(Some(17)).for_calls(1);
    let first = server.ask(ohlc("AAPL")).await?;
    LIMITED.judge("a limit with an end", &first)?;
    expect("Retry-After", first.header("retry-after")).is("17")?;
    lab.time_is("2026-02-03T22:00:10Z");
    let second = server.ask(ohlc("AAPL")).await?;
    LIMITED.judge("an early return", &second)?;
    expect("Retry-After", second.header("retry-after")).is("7")?;
    expect("provider calls", lab.tiingo.calls().len()).is(1)?;
    server.idle().await?;
    nothing_is_stored(&lab).await?;

    lab.time_is("2026-02-03T22:00:17Z");
    lab.tiingo.rate_limited(None).for_calls(1);
    let third = server.ask(ohlc("AAPL")).await?;
    LIMITED.judge("a limit without an end", &third)?;
    expect("Retry-After", third.header("retry-after")).is("5")?;
    lab.time_is("2026-02-03T22:00:22Z");
    server.ask(ohlc("AAPL")).await?.comes_from("tiingo")?;
    Ok(lab.close().await?)
}

/// What a provider may send as `Retry-After`, and what a client is told.
const PATIENCE: [(&str, &str); 6] = [
    ("Tue, 03 Feb 2026 22:00:30 GMT", "30"),
    ("Tue, 03 Feb 2026 21:00:00 GMT", "5"),
    ("18446744073709551615", "5"),
    ("9223372036854775807", "5"),
    ("-3", "5"),
    ("soon", "5"),
];

#[tokio::test]
async fn a_providers_patience_in_any_form_is_obeyed_or_made_good() -> Verdict {
    let mut lab = world().await?;
    for (sent, told) in PATIENCE {
        let refusal = move || async move { (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, sent)]) };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.map_err(anyhow::Error::from)?;
        let url = format!("http://{}", listener.local_addr().map_err(anyhow::Error::from)?);
        let double = tokio::spawn(axum::serve(listener, Router::new().fallback(refusal)).into_future());
        let server = lab.another_server_with([("TIINGO_BASE_URL", url.as_str()), ("FINNHUB_API_KEY", "")]).await?;
        let reply = server.ask(ohlc("AAPL")).await?;
        LIMITED.judge(&format!("Retry-After {sent:?}"), &reply)?;
        expect(format!("Retry-After for {sent:?}"), reply.header("retry-after")).is(told)?;
        double.abort();
    }
    nothing_is_stored(&lab).await?;
    Ok(lab.close().await?)
}

#[tokio::test]
async fn when_every_provider_fails_a_client_may_come_back_soon() -> Verdict {
    let mut lab = world().await?;
    lab.tiingo.lists("AAPL").since("2020-01-02");
    let server = lab.server().await?;
    for status in [500, 503, 401, 403] {
        lab.tiingo.answers(status);
        lab.finnhub.answers(status);
        let reply = server.ask(ohlc("AAPL")).await?;
        UNAVAILABLE.judge(&format!("providers that answer {status}"), &reply)?;
        expect("Retry-After", reply.header("retry-after")).is("5")?;
        expect("X-Cache-Source", reply.source()).is("none")?;
        server.idle().await?;
        nothing_is_stored(&lab).await?;
    }
    lab.tiingo.recovers();
    server.ask(ohlc("AAPL")).await?.comes_from("tiingo")?;
    Ok(lab.close().await?)
}

#[tokio::test]
async fn when_the_ceiling_passes_with_nothing_at_hand_a_client_may_come_back_soon() -> Verdict {
    let mut lab = world().await?;
    lab.tiingo.lists("AAPL").since("2020-01-02");
    let short = [("OHLC_PROVIDER_TIMEOUT", "200ms"), ("OHLC_CEILING", "1s"), ("OHLC_DYNAMODB_TIMEOUT", "1m")];
    let server = lab.another_server_with(short).await?;
    let gate = lab.dynamodb.hold(on("Query"));
    let reply = server.ask(ohlc("AAPL")).await?;
    UNAVAILABLE.judge("a table that keeps silent", &reply)?;
    expect("Retry-After", reply.header("retry-after")).is("5")?;

    gate.open();
    server.idle().await?;
    expect("the status afterwards", server.ask(ohlc("AAPL")).await?.status).is(200)?;
    Ok(lab.close().await?)
}
