use harness::{expect, jwt, scenario};
use serde_json::{Value, json};

use crate::vocabulary::jwt::{SECRET, ask, server};

/// 2026-02-03 at 22:00:00Z, the present instant.
const NOW: i64 = 1_770_156_000;

scenario! {
    S8 P0 "The times of a token are numbers with fractions, exp must be ahead and nbf behind within 60 s, crit is refused, and a 401 says which"
    from ["decisions.md#token-times", "decisions.md#whole-tokens"]
    needs [Clock, OwnEnvironment]
    catches [
        "token-times-in-whole-seconds", "tokens-good-before-their-time", "tokens-without-an-end", "crit-not-looked-at",
        "bad-tokens-all-alike",
    ]
    async fn token_times(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = server(lab).await?;
        lab.time_is("2026-02-03T22:00:00Z");
        let far = NOW + 86_400;
        let good = [
            json!({"exp": NOW + 3_600}),
            json!({"exp": 1_770_159_600.5}),
            json!({"exp": 1.7701596e9}),
            json!({"exp": 1_770_155_940.5}),
            json!({"exp": far, "nbf": 1_770_155_999.5}),
            json!({"exp": far, "nbf": 1_770_156_059.5}),
            json!({"exp": far, "iat": NOW + 3_600}),
            json!({"exp": far, "iat": "yesterday"}),
        ];
        for claims in good {
            expect(format!("the status with {claims}"), ask(&server, &jwt(claims).signed(SECRET)).await?.status).is(200)?;
        }
        let refused = [
            (json!({"exp": NOW - 60}), "auth_expired", "expired"),
            (json!({"exp": 1_770_155_939.5}), "auth_expired", "expired"),
            (json!({"exp": -1}), "auth_expired", "expired"),
            (json!({"exp": NOW - 3_600, "nbf": NOW + 3_600}), "auth_expired", "expired"),
            (json!({"exp": far, "nbf": 1_770_156_060.5}), "auth_invalid", "nbf"),
            (json!({"exp": far, "nbf": NOW + 3_600}), "auth_invalid", "nbf"),
            (json!({"exp": far, "nbf": "2026-02-03T21:00:00Z"}), "auth_invalid", "nbf"),
            (json!({"exp": far, "nbf": null}), "auth_invalid", "nbf"),
            (json!({"sub": "whoever never leaves"}), "auth_invalid", "exp"),
            (json!({"exp": "2026-02-04T22:00:00Z"}), "auth_invalid", "exp"),
            (json!({"exp": far.to_string()}), "auth_invalid", "exp"),
            (json!({"exp": null}), "auth_invalid", "exp"),
            (json!({"exp": [far]}), "auth_invalid", "not valid"),
            (json!({"exp": true}), "auth_invalid", "exp"),
        ];
        for (claims, code, word) in refused {
            let reply = ask(&server, &jwt(claims.clone()).signed(SECRET)).await?;
            expect(format!("the status with {claims}"), reply.status).is(401)?;
            expect(format!("the code with {claims}"), reply.field("code")).is(code)?;
            says(&format!("what is said of {claims}"), &reply.field("error"), word)?;
        }
        for extensions in [json!(["exp"]), json!(["b64"]), json!([])] {
            let token = jwt(json!({"exp": far})).with_head("crit", extensions.clone()).signed(SECRET);
            let reply = ask(&server, &token).await?;
            expect(format!("the status with crit {extensions}"), reply.status).is(401)?;
            says(&format!("what is said of crit {extensions}"), &reply.field("error"), "crit")?;
        }

        let hour = jwt(json!({"exp": 1_770_159_600.5, "nbf": 1_770_159_600.5})).signed(SECRET);
        for (now, status) in [
            ("2026-02-03T22:59:00Z", 401),
            ("2026-02-03T22:59:01Z", 200),
            ("2026-02-03T23:01:00Z", 200),
            ("2026-02-03T23:01:01Z", 401),
        ] {
            lab.time_is(now);
            expect(format!("the status of a token of one instant at {now}"), ask(&server, &hour).await?.status).is(status)?;
        }
    }
}

fn says(what: &str, error: &Value, word: &str) -> harness::Verdict {
    let says = |error: &String| error.contains(word) && error.contains("log in again");
    expect(what, error.to_string()).holds(format!("{word:?}, and to log in again"), says)
}
