//! Raw bytes on a connection to the server.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::FutureExt;
use ohlc_server::clock::SystemClock;
use ohlc_server::settings::{Environment, Settings};
use ohlc_server::telemetry::LogWriter;
use ohlc_server::{Policies, Ports, Server};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use crate::inputs::all_hold;

const WORDS: &[&str] = &[
    "\r\n",
    "\n",
    "\r\n\r\n",
    "HTTP/1.1",
    "HTTP/1.0",
    "HTTP/2.0",
    "GET ",
    "POST ",
    "Host: x\r\n",
    "Content-Length: 5\r\n",
    "Content-Length: 99999999999999999999\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Expect: 100-continue\r\n",
    "Connection: close\r\n",
    "Upgrade: h2c\r\n",
    "Authorization: Bearer reader\r\n",
    "Authorization: Bearer \u{fffd}\r\n",
    "5\r\nhello\r\n0\r\n\r\n",
    "%2e%2e/",
    "//",
    "\0",
    "?",
    "/api/v2/tickers/AAPL/ohlc",
    "/api/v2/cache/invalidate",
    "{\"ticker\":",
    "X-Request-Id: ",
    ":",
];

#[test]
fn every_answer_is_one_and_the_server_lives_on() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let defects = Arc::new(AtomicUsize::new(0));
    let address = runtime.block_on(serve(Arc::clone(&defects)));
    all_hold("http", WORDS, 300, |input| {
        let answered = runtime.block_on(exchange(address, input));
        assert!(answered.is_empty() || answered.starts_with("HTTP/1.1 "), "{answered}");
        assert_eq!(defects.load(Ordering::Relaxed), 0, "the server met a defect of its own");
    });
    let alive = runtime.block_on(exchange(address, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    assert!(alive.starts_with("HTTP/1.1 200"), "{alive}");
}

/// A server whose table and providers fail; how often it met a defect of its own is counted.
async fn serve(defects: Arc<AtomicUsize>) -> SocketAddr {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let environment: Environment = [
        ("OHLC_CACHE_TABLE", "fuzzed"),
        ("OHLC_API_TOKENS", "a-reader-of-candles"),
        ("OHLC_ADMIN_TOKENS", "an-admin-of-caches"),
        ("TIINGO_API_KEY", "a-key"),
        ("AWS_REGION", "us-east-1"),
        ("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1"),
        ("AWS_ACCESS_KEY_ID", "key"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
    ]
    .into_iter()
    .collect();
    let policies = Policies::read(&environment);
    let settings = Settings::read(&environment, &policies).await.expect("good settings");
    let log = LogWriter::new(move |line| {
        let line = String::from_utf8_lossy(line);
        defects.fetch_add(usize::from(line.contains(r#""outcome":"internal""#)), Ordering::Relaxed);
        Ok(())
    });
    let mut ports = Ports::new(environment, Arc::new(SystemClock), log);
    ports.providers = Arc::new(|_, _| {
        let mut failed = http::Response::new(Vec::new());
        *failed.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
        async move { Ok(failed.into()) }.boxed()
    });
    let server = Server::new(settings, policies, ports).await.expect("a server");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("its address");
    tokio::spawn(server.run(listener, CancellationToken::new()));
    address
}

/// What comes back until the server has said everything.
async fn exchange(address: SocketAddr, bytes: &[u8]) -> String {
    let mut connection = TcpStream::connect(address).await.expect("a connection");
    // The server may have hung up by then, which it may.
    let _ = connection.write_all(bytes).await;
    let _ = connection.shutdown().await;
    let mut answered = Vec::new();
    let _ = connection.read_to_end(&mut answered).await;
    String::from_utf8_lossy(&answered).into_owned()
}
