use harness::{Reply, Server, Verdict, expect, scenario};

/// The secret that signs the token below.
const SECRET: &str = "candlecheck signs its tokens with this";
/// An HS256 token that expires on 2026-02-03 at 22:00:00Z.
const TOKEN: &str =
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE3NzAxNTYwMDB9.rnA8Qek12gAbcttqWXemAPR-UL9FCJaXE0fvkHzU3Nw";

scenario! {
    E23 P1 "A 401 says whether authentication is missing, expired or not valid, and what to do about it"
    from ["contract.md#authentication"]
    needs [Clock, OwnEnvironment]
    catches ["bare-status"]
    async fn error_auth(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.another_server_with([("OHLC_JWT_SECRET", SECRET)]).await?;
        lab.time_is("2026-02-03T21:59:59Z");
        expect("the status a second before it expires", ask(&server, Some(TOKEN)).await?.status).is(200)?;
        // Clocks may differ by a minute.
        lab.time_is("2026-02-03T22:01:00Z");
        let refused = [
            (None, "auth_missing", "missing"),
            (Some(TOKEN), "auth_expired", "expired"),
            (Some("guessed"), "auth_invalid", "not valid"),
        ];
        for (token, code, words) in refused {
            let reply = ask(&server, token).await?;
            expect("the status", reply.status).is(401)?;
            expect("the code", reply.field("code")).is(code)?;
            let says = |error: &String| error.contains(words) && error.contains("log in");
            let error = reply.field("error").to_string();
            expect("what the client is told", error).holds(format!("{words:?}, and to log in"), says)?;
        }
        let other = [("authorization".to_owned(), format!("Digest {}", harness::TOKEN))];
        let reply = server.send("GET", "/api/v2/tickers/AAPL/ohlc?range=1W", &other, "").await?;
        expect("the code of a good token that is no bearer's", reply.field("code")).is("auth_invalid")?;
    }
}

async fn ask(server: &Server, token: Option<&str>) -> Verdict<Reply> {
    let bearer = token.map(|token| ("authorization".to_owned(), format!("Bearer {token}")));
    let headers: Vec<_> = bearer.into_iter().collect();
    server.send("GET", "/api/v2/tickers/AAPL/ohlc?range=1W", &headers, "").await
}
