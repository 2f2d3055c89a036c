use harness::faults::{DropConnection, ErrorAnswer, on};
use harness::{expect, ohlc, scenario};

use crate::vocabulary::key_file::KeyFile;

/// An HS256 token that expires on 2026-02-03 at 22:00:00Z, and the secret that it is signed with.
const JWT: &str =
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE3NzAxNTYwMDB9.rnA8Qek12gAbcttqWXemAPR-UL9FCJaXE0fvkHzU3Nw";
const JWT_SECRET: &str = "candlecheck signs its tokens with this";

scenario! {
    S1 P0 "No key and no token is ever logged, at the most verbose level, on success and on every failure, in whatever form"
    from ["decisions.md#no-secrets-in-logs"]
    needs [OwnEnvironment, Clock, DropL1, Logs]
    catches [
        "provider-key-logged",
        "provider-key-logged-in-base64",
        "url-with-the-key-logged",
        "visitors-headers-logged",
        "key-file-logged",
    ]
    async fn no_keys_in_logs(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.finnhub.lists("AAPL").since("2020-01-02");
        lab.keeps_secret("a-key-from-a-file");
        lab.tiingo.accepts_key("a-key-from-a-file");
        let file = KeyFile::holding("a-key-from-a-file\n")?;
        let variables = [("OHLC_LOG", "trace"), ("OHLC_JWT_SECRET", JWT_SECRET), ("TIINGO_API_KEY", ""), file.setting()];
        let server = lab.another_server_with(variables).await?;

        // All goes well, from every layer.
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("in-memory")?;
        server.drop_l1().await?;
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("dynamodb")?;
        server.invalidate(None).await?;

        // Visitors err: nobody, a guess, a token that was good a moment ago.
        lab.time_is("2026-02-03T22:01:00Z");
        for token in ["", "Bearer a-guessed-token", &format!("Bearer {JWT}")] {
            let header = [("authorization".to_owned(), token.to_owned())];
            let reply = server.send("GET", "/api/v2/tickers/AAPL/ohlc", &header, "").await?;
            expect("the status", reply.status).is(401)?;
        }
        server.ask(ohlc("N0PE")).await?;
        server.ask(ohlc("AAPL").range("1X")).await?;

        // A provider refuses, is refused, is nowhere to be found; then both are.
        for status in [401, 403, 404, 503] {
            let spell = lab.tiingo.answers(status);
            server.ask(ohlc("AAPL").range("1M")).await?;
            server.invalidate(None).await?;
            drop(spell);
        }
        lab.tiingo.rate_limited(Some(1));
        lab.finnhub.unauthorized();
        server.ask(ohlc("AAPL").range("3M")).await?;
        file.now_holds("")?;
        server.ask(ohlc("AAPL").range("6M")).await?;

        // And DynamoDB.
        lab.dynamodb.inject(on("Query"), ErrorAnswer::internal());
        lab.dynamodb.inject(on("BatchWriteItem"), DropConnection);
        server.ask(ohlc("AAPL").range("YTD")).await?;
        server.idle().await?;

        lab.remains().await?.hold_no_secret_in_logs()?;
    }
}
