//! Who logs in with a JSON web token.

use harness::{Lab, Reply, Server, Verdict};

/// The secret that signs tokens.
pub(crate) const SECRET: &str = "candlecheck signs its tokens with this";

/// An instance that takes tokens signed with the secret.
pub(crate) async fn server(lab: &mut Lab) -> Verdict<Server> {
    lab.another_server_with([("OHLC_JWT_SECRET", SECRET)]).await
}

/// Asks for a week with a token, or whatever is sent as one.
pub(crate) async fn ask(server: &Server, token: &str) -> Verdict<Reply> {
    let header = ("authorization".to_owned(), format!("Bearer {token}"));
    server.send("GET", "/api/v2/tickers/AAPL/ohlc?range=1W", &[header], "").await
}
