use harness::observe::journal::Peer;
use harness::{ADMIN_TOKEN, TOKEN, expect, jwt, scenario};
use serde_json::json;

use crate::vocabulary::jwt::{SECRET, ask, server};

scenario! {
    S7 P0 "A token that is forged, cut, extended or written in another case is a 401, and nothing is read for it"
    from ["decisions.md#whole-tokens"]
    needs [OwnEnvironment]
    catches [
        "signature-not-looked-at", "token-chooses-its-algorithm", "part-of-a-token-will-do", "more-than-a-token-will-do",
        "tokens-in-any-case",
    ]
    async fn forged_tokens(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = server(lab).await?;
        let end = lab.now().timestamp() + 3_600;
        let (good, other) = (jwt(json!({"exp": end})), jwt(json!({"exp": end + 1})));
        let (signed, unsigned) = (good.signed(SECRET), good.without_signature());
        let signature = |token: &str| token.rsplit('.').next().unwrap_or_default().to_owned();
        let algorithm = |name: &str| good.clone().with_head("alg", json!(name));

        let mut forged = vec![
            ("another secret's signature", good.signed("another secret that is just as long as it")),
            ("the signature of other claims", format!("{unsigned}.{}", signature(&other.signed(SECRET)))),
            ("an empty signature", format!("{unsigned}.")),
            ("no signature", unsigned.clone()),
            ("a signature and more", format!("{signed}.{}", signature(&signed))),
            ("a signature with a letter more", format!("{signed}A")),
            ("the whole in capitals", signed.to_uppercase()),
        ];
        for name in ["none", "None", "NONE"] {
            forged.push(("alg: none", format!("{}.", algorithm(name).without_signature())));
            forged.push(("alg: none, but signed", algorithm(name).signed(SECRET)));
        }
        for name in ["HS384", "HS512", "RS256", "ES256"] {
            forged.push(("another algorithm", algorithm(name).signed(SECRET)));
        }
        for token in [TOKEN, ADMIN_TOKEN] {
            forged.push(("a token without its last letter", token[..token.len() - 1].to_owned()));
            forged.push(("a token without its first letter", token[1..].to_owned()));
            forged.push(("a token and more", format!("{token}x")));
            forged.push(("a token twice", format!("{token} {token}")));
            forged.push(("a token in capitals", token.to_uppercase()));
        }
        for (what, token) in forged {
            let reply = ask(&server, &token).await?;
            expect(format!("the status with {what}"), reply.status).is(401)?;
            expect(format!("the code with {what}"), reply.field("code")).is("auth_invalid")?;
            let header = ("authorization".to_owned(), format!("Bearer {token}"));
            let invalidated = server.send("POST", "/api/v2/cache/invalidate", &[header], "{}").await?;
            expect(format!("the status of an invalidation with {what}"), invalidated.status).is(401)?;
        }
        let calls = [Peer::DynamoDb, Peer::Tiingo, Peer::Finnhub].map(|peer| lab.journal.to(peer).len());
        expect("calls to the table and to both providers", calls).is([0, 0, 0])?;

        ask(&server, &signed).await?.comes_from("tiingo")?;
        ask(&server, TOKEN).await?.comes_from("in-memory")?;
    }
}
