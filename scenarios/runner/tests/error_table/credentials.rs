//! 401 and 403: who asks is not known, no longer known, or may not do that.

use harness::{ADMIN_TOKEN, Reply, Server, TOKEN, Verdict, expect, ohlc};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

use crate::refusal::{Refusal, invalidate, world};

const SECRET: &str = "candlecheck-jwt-secret-of-32-bytes-or-more";
const PATH: &str = "/api/v2/tickers/AAPL/ohlc";

const MISSING: Refusal = of("auth_missing", &["log in", "Authorization: Bearer"]);
const EXPIRED: Refusal = of("auth_expired", &["expired", "log in again or refresh"]);
const INVALID: Refusal = of("auth_invalid", &["not valid", "log in again"]);
const FORBIDDEN: Refusal =
    Refusal { status: 403, code: "forbidden", field: None, says: &["admin token", "ask whoever runs this server"] };

const fn of(code: &'static str, says: &'static [&'static str]) -> Refusal {
    Refusal { status: 401, code, field: None, says }
}

fn signed(algorithm: Algorithm, claims: &Value, secret: &str) -> Verdict<String> {
    let key = EncodingKey::from_secret(secret.as_bytes());
    Ok(encode(&Header::new(algorithm), claims, &key).map_err(anyhow::Error::from)?)
}

/// A request with this header, or without any.
async fn knock(server: &Server, authorization: Option<&str>) -> Verdict<Reply> {
    let headers: Vec<_> =
        authorization.map(|value| ("authorization".to_owned(), value.to_owned())).into_iter().collect();
    server.send("GET", PATH, &headers, "").await
}

#[tokio::test]
async fn credentials_that_are_missing_expired_or_wrong_are_told_apart() -> Verdict {
    let mut lab = world().await?;
    lab.tiingo.lists("AAPL").since("2020-01-02");
    let server = lab.another_server_with([("OHLC_JWT_SECRET", SECRET)]).await?;
    let now = lab.now().timestamp();
    let jwt =
        |claims: Value, secret: &str| signed(Algorithm::HS256, &claims, secret).map(|token| format!("Bearer {token}"));
    let good = jwt(json!({"exp": now + 60, "sub": "reader"}), SECRET)?;
    let (head, signature) = good.rsplit_once('.').unwrap_or_default();
    let unsigned = "Bearer eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJleHAiOjQxMDI0NDQ4MDB9.";

    let table = [
        (None, MISSING),
        (Some(jwt(json!({"exp": now - 61}), SECRET)?), EXPIRED),
        (Some(jwt(json!({"exp": now - 60}), SECRET)?), EXPIRED),
        (Some(jwt(json!({"sub": "without an end"}), SECRET)?), INVALID),
        (Some(jwt(json!({"exp": "tomorrow"}), SECRET)?), INVALID),
        (Some(jwt(json!({"exp": now + 60}), "another-secret-that-is-also-long-enough")?), INVALID),
        (Some(format!("Bearer {}", signed(Algorithm::HS512, &json!({"exp": now + 60}), SECRET)?)), INVALID),
        (Some(unsigned.to_owned()), INVALID),
        (Some(head.to_owned()), INVALID),
        (Some(format!("{head}.{}", signature.chars().rev().collect::<String>())), INVALID),
        (Some("Bearer a.b.c".to_owned()), INVALID),
        (Some("Bearer wrong-token".to_owned()), INVALID),
        (Some(format!("Bearer {}", &TOKEN[..TOKEN.len() - 1])), INVALID),
        (Some(format!("Bearer {TOKEN},{ADMIN_TOKEN}")), INVALID),
        (Some("Bearer".to_owned()), INVALID),
        (Some("Bearer  ".to_owned()), INVALID),
        (Some(format!("Basic {TOKEN}")), INVALID),
        (Some(TOKEN.to_owned()), INVALID),
        (Some("Bearer schlüssel".to_owned()), INVALID),
    ];
    for (authorization, refusal) in &table {
        let shown = format!("Authorization {authorization:?}");
        refusal.judge(&shown, &knock(&server, authorization.as_deref()).await?)?;
    }
    expect("provider calls", lab.tiingo.calls().len()).is(0)?;
    expect("stored items", lab.table.items().await?.len()).is(0)?;

    for authorization in [good.as_str(), &format!("Bearer {TOKEN}"), &format!("bearer  {TOKEN} ")] {
        expect(format!("the status with {authorization:?}"), knock(&server, Some(authorization)).await?.status)
            .is(200)?;
    }
    lab.time_is("2026-02-03T22:02:00Z");
    EXPIRED.judge("a token that was good two minutes ago", &knock(&server, Some(&good)).await?)?;
    Ok(lab.close().await?)
}

#[tokio::test]
async fn without_a_jwt_secret_no_jwt_is_taken() -> Verdict {
    let mut lab = world().await?;
    let server = lab.server().await?;
    let end = json!({"exp": lab.now().timestamp() + 60});
    for secret in [SECRET, ""] {
        let token = signed(Algorithm::HS256, &end, secret)?;
        INVALID.judge("a JWT", &knock(&server, Some(&format!("Bearer {token}"))).await?)?;
    }
    Ok(lab.close().await?)
}

#[tokio::test]
async fn only_an_admin_invalidates() -> Verdict {
    let mut lab = world().await?;
    lab.tiingo.lists("AAPL").since("2020-01-02");
    let server = lab.another_server_with([("OHLC_JWT_SECRET", SECRET)]).await?;
    server.ask(ohlc("AAPL")).await?.comes_from("tiingo")?;
    server.idle().await?;
    let stored = lab.table.items().await?;

    let user = signed(Algorithm::HS256, &json!({"exp": lab.now().timestamp() + 60}), SECRET)?;
    FORBIDDEN.judge("a reader's invalidation", &invalidate(&server, TOKEN, "{}").await?)?;
    FORBIDDEN.judge("a JWT's invalidation", &invalidate(&server, &user, "{}").await?)?;
    // Who may not do it, learns nothing of what is wrong with the body either.
    FORBIDDEN.judge("a reader's bad body", &invalidate(&server, TOKEN, "{").await?)?;
    INVALID.judge("a stranger's invalidation", &invalidate(&server, "wrong-token", "{}").await?)?;
    let anonymous = server.send("POST", "/api/v2/cache/invalidate", &[], "{}").await?;
    MISSING.judge("an anonymous invalidation", &anonymous)?;
    MISSING.judge("anonymous statistics", &server.send("GET", "/api/v2/cache/stats", &[], "").await?)?;
    expect("the table", lab.table.items().await? == stored).is(true)?;
    server.ask(ohlc("AAPL")).await?.comes_from("in-memory")?;

    expect("an admin's invalidation", invalidate(&server, ADMIN_TOKEN, "{}").await?.status).is(200)?;
    expect("stored items", lab.table.items().await?.len()).is(0)?;
    Ok(lab.close().await?)
}
