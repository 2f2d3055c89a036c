use std::time::Duration;

use harness::{ADMIN_TOKEN, Server, TOKEN, Verdict, expect, ohlc, scenario};

/// How long a client waits for what should come at once.
const AT_ONCE: Duration = Duration::from_secs(5);
const LARGE: &str = "2097152";

scenario! {
    S9 P0 "Who may not send a body is refused by the head, before any of it is there; a body has its time, and 64 KiB"
    from ["decisions.md#head-before-body", "decisions.md#bodies"]
    needs [OwnEnvironment]
    catches ["bodies-before-credentials", "bodies-without-a-deadline", "bodies-of-two-mebibytes"]
    async fn token_before_body(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        let wrong = format!("Bearer {TOKEN}x");
        let reader = format!("Bearer {TOKEN}");
        let lengths = [("content-length", LARGE), ("transfer-encoding", "chunked")];
        for (credentials, status) in [(None, 401), (Some(wrong.as_str()), 401), (Some(reader.as_str()), 403)] {
            for length in lengths {
                let headers: Vec<_> = credentials.map(|value| ("authorization", value)).into_iter().chain([length]).collect();
                let mut stranger = server.connect().await?;
                stranger.sends(server.head("POST", "/api/v2/cache/invalidate", &headers)?).await;
                let refused = stranger.answer_within(AT_ONCE).await?;
                expect(format!("the status by the head alone, with {headers:?}"), refused.status).is(status)?;
                stranger.ends_within(AT_ONCE).await?;
            }
        }
        // Many at once, who send all but the end of it.
        let mut crowd = Vec::new();
        for _ in 0..40 {
            let mut stranger = server.connect().await?;
            stranger.sends(server.head("POST", "/api/v2/cache/invalidate", &[lengths[0]])?).await;
            stranger.sends(vec![b' '; 1 << 16]).await;
            crowd.push(stranger);
        }
        for stranger in &mut crowd {
            expect("the status of one of many", stranger.answer_within(AT_ONCE).await?.status).is(401)?;
        }

        let time = lab.time();
        let server = lab.another_server_with(time.shortened([("OHLC_BODY_TIMEOUT", 300)])).await?;
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        let timed_out = time.exactly_or_at_most(10_000, 3_000);
        let mut slow = server.connect().await?;
        slow.sends(admin(&server, "content-length", "18")?).await;
        let ended = slow.trickles(r#"{"ticker": "AAPL"}"#, time.milliseconds(1_000, 30)).await?;
        expect("how long a body may trickle", ended.after).lies_in(&timed_out)?;
        expect("what is said of it", ended.said).holds("408 and body_too_slow", |said| {
            said.starts_with("HTTP/1.1 408 ") && said.contains("body_too_slow")
        })?;
        let mut silent = server.connect().await?;
        silent.sends(admin(&server, "content-length", "18")?).await;
        expect("the status of a body that never comes", silent.answer_within(AT_ONCE * 4).await?.status).is(408)?;

        for (length, body) in [
            (("content-length", "65537"), String::new()),
            (("content-length", LARGE), String::new()),
            (("transfer-encoding", "chunked"), format!("10001\r\n{}", " ".repeat(0x10001))),
        ] {
            let mut admin = server.connect().await?;
            admin.sends(self::admin(&server, length.0, length.1)? + &body).await;
            let refused = admin.answer_within(AT_ONCE).await?;
            expect(format!("the status of {length:?}"), refused.status).is(400)?;
            expect(format!("the code of {length:?}"), refused.field("code")).is("invalid_body")?;
        }
        // Nothing of all that was done; what is within all limits is, and its connection is kept.
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("in-memory")?;
        let mut admin = server.connect().await?;
        for ticker in ["AA", "AAPL"] {
            let named = format!(r#"{{"ticker": "{ticker}"}}"#);
            let body = " ".repeat(0x10000 - named.len()) + &named;
            admin.sends(self::admin(&server, "content-length", "65536")? + &body[..40_000]).await;
            admin.sends(&body[40_000..]).await;
            expect("the status of the longest body", admin.answer_within(AT_ONCE).await?.status).is(200)?;
        }
        expect("answers in memory", server.statistic("in_memory_entries").await?).is(0)?;
    }
}

/// The head of an admin's invalidation.
fn admin(server: &Server, name: &str, value: &str) -> Verdict<String> {
    let credentials = format!("Bearer {ADMIN_TOKEN}");
    server.head("POST", "/api/v2/cache/invalidate", &[("authorization", credentials.as_str()), (name, value)])
}
