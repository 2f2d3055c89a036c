//! How it starts, also while everything else is away, and how it ends.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use crate::binary::Binary;
use crate::client::{get, provider};

/// One day that was a session.
const PATH: &str = "/api/v2/tickers/GOOG/ohlc?start_date=2024-01-02&end_date=2024-01-02";
const CANDLES: &str = r#"[{"date": "2024-01-02T00:00:00.000Z", "adjOpen": 139.6, "adjHigh": 140.615, "adjLow": 137.74, "adjClose": 139.56, "adjVolume": 20071885}]"#;

#[test]
fn it_starts_and_answers_while_dynamodb_is_away() {
    let (url, asked) = provider(CANDLES);
    let server = Binary::start_with(&[("TIINGO_BASE_URL", &url)]);
    let address = server.address();
    assert_eq!(get(address, "/healthz").0, 200);
    let (status, answer) = get(address, "/readyz");
    assert_eq!(status, 503, "{answer}");
    assert!(answer.contains(r#""table":"unreachable""#), "{answer}");

    let (status, answer) = get(address, PATH);
    assert_eq!(status, 200, "{answer}");
    for words in ["x-cache-source: tiingo\r\n", r#""count":1"#, r#""close":139.56,"#] {
        assert!(answer.contains(words), "no {words:?} in {answer}");
    }
    let asked = asked.join().unwrap();
    assert!(asked.to_lowercase().contains("\r\nauthorization: token a-tiingo-key\r\n"), "{asked}");
    assert_eq!(server.terminate().code, Some(0));
}

#[test]
fn with_nobody_to_ask_it_says_so_within_the_deadline() {
    let server = Binary::start_with(&[]);
    let address = server.address();
    let started = Instant::now();
    let (status, answer) = get(address, PATH);
    assert!(started.elapsed() < Duration::from_secs(5), "it took {:?}", started.elapsed());
    assert_eq!(status, 503, "{answer}");
    assert!(answer.contains("retry-after: 5\r\n") && answer.contains(r#""code":"unavailable""#), "{answer}");
    assert_eq!(get(address, "/healthz").0, 200);
}

#[test]
fn a_taken_port_is_named_with_what_to_do() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let refused = Binary::start_with(&[("OHLC_LISTEN", &address)]).ends();
    assert_eq!((refused.code, refused.stdout.as_str()), (Some(3), ""), "{refused:?}");
    for words in
        [format!("cannot listen on {address}").as_str(), "stop what listens there", "OHLC_LISTEN=127.0.0.1:8001"]
    {
        assert!(refused.stderr.contains(words), "no {words:?} in {refused:?}");
    }
}

#[test]
fn missing_certificates_are_named_with_what_to_do() {
    let nowhere = "/nonexistent";
    // Finnhub is where it is when nothing else is set: behind TLS.
    let speaks_tls = [("SSL_CERT_FILE", nowhere), ("SSL_CERT_DIR", nowhere), ("FINNHUB_API_KEY", "key")];
    let refused = Binary::start_with(&speaks_tls).ends();
    assert_eq!((refused.code, refused.stdout.as_str()), (Some(3), ""), "{refused:?}");
    assert!(
        refused.stderr.contains("TLS could not be set up") && refused.stderr.contains("ca-certificates"),
        "{refused:?}"
    );
}

#[test]
fn sigterm_ends_it_in_good_order_and_frees_its_port() {
    let server = Binary::start_with(&[]);
    let address = server.address();
    assert_eq!(get(address, "/healthz").0, 200);
    let ended = server.terminate();
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert!(ended.stdout.contains("everything under way is finished"), "{ended:?}");
    TcpListener::bind(address).expect("its port is free again");
}

#[test]
fn whoever_forgot_the_tokens_is_told_so() {
    let server = Binary::start_with(&[("OHLC_API_TOKENS", "")]);
    server.address();
    let ended = server.terminate();
    assert_eq!(ended.code, Some(0));
    assert!(ended.stderr.contains("set OHLC_API_TOKENS or OHLC_JWT_SECRET"), "{ended:?}");
}
