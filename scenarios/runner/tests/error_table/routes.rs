//! 404 and 405: there is nothing at this path, or not for this method.

use harness::{TOKEN, Verdict, expect};

use crate::refusal::{Refusal, world};

const NO_SUCH_ROUTE: Refusal =
    Refusal { status: 404, code: "no_such_route", field: None, says: &["nothing at this path", "/openapi.json"] };
const METHOD_NOT_ALLOWED: Refusal =
    Refusal { status: 405, code: "method_not_allowed", field: None, says: &["this method", "/openapi.json"] };

const NOWHERE: [&str; 7] = [
    "/",
    "/api/v2/tickers",
    "/api/v2/tickers/AAPL",
    "/api/v2/tickers/AAPL/ohlc/",
    "/api/v1/tickers/AAPL/ohlc",
    "/api/v2/tickers/AAPL/D/ohlc",
    "/API/v2/tickers/AAPL/ohlc",
];

/// Method, path, and the methods that it takes.
const MISTAKEN: [(&str, &str, &str); 6] = [
    ("POST", "/api/v2/tickers/AAPL/ohlc", "GET,HEAD"),
    ("DELETE", "/api/v2/tickers/AAPL/ohlc", "GET,HEAD"),
    ("OPTIONS", "/api/v2/tickers/AAPL/ohlc", "GET,HEAD"),
    ("GET", "/api/v2/cache/invalidate", "POST"),
    ("PUT", "/api/v2/cache/stats", "GET,HEAD"),
    ("POST", "/healthz", "GET,HEAD"),
];

#[tokio::test]
async fn a_wrong_path_and_a_wrong_method_say_where_the_right_ones_are_listed() -> Verdict {
    let mut lab = world().await?;
    let server = lab.server().await?;
    let headers = [("authorization".to_owned(), format!("Bearer {TOKEN}"))];
    for path in NOWHERE {
        NO_SUCH_ROUTE.judge(path, &server.send("GET", path, &headers, "").await?)?;
    }
    for (method, path, takes) in MISTAKEN {
        let reply = server.send(method, path, &headers, "").await?;
        METHOD_NOT_ALLOWED.judge(&format!("{method} {path}"), &reply)?;
        expect(format!("Allow of {method} {path}"), reply.header("allow")).is(takes)?;
    }
    let listed = server.send("GET", "/openapi.json", &[], "").await?;
    let paths = listed.field("paths");
    expect("the paths of /openapi.json", paths.get("/api/v2/tickers/{ticker}/ohlc"))
        .holds("OHLC among them", Option::is_some)?;
    Ok(lab.close().await?)
}
