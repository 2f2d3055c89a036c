use std::os::unix::fs::symlink;
use std::time::Duration;

use anyhow::Context;
use harness::{TOKEN, expect, scenario};

const PATH: &str = "/api/v2/tickers/AAPL/ohlc?range=1W";
/// How long a client waits for what should come at once.
const AT_ONCE: Duration = Duration::from_secs(5);

scenario! {
    S11 P0 "Two Authorization headers, a request without a host, a token that is a guess or of both lists, and a link out of the page's folder are refused, each with its own message"
    from ["decisions.md#one-authorization", "decisions.md#one-host", "decisions.md#tokens-of-the-settings", "decisions.md#links-in-the-dashboard"]
    needs [OwnEnvironment]
    catches ["first-authorization-counts", "host-not-looked-at", "any-text-is-a-token", "links-followed-anywhere"]
    async fn odd_requests(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        let (right, wrong) = (format!("Bearer {TOKEN}"), "Bearer whatever-it-is".to_owned());
        let with = |tokens: &[&String]| {
            let headers: Vec<_> = tokens.iter().map(|token| ("authorization", token.as_str())).collect();
            server.head("GET", PATH, &headers)
        };
        let (host, good) = ("Host: candlecheck\r\n", with(&[&right])?);
        let refused = [
            (with(&[&right, &wrong])?, 401, "auth_invalid", "one Authorization header"),
            (with(&[&wrong, &right])?, 401, "auth_invalid", "one Authorization header"),
            (with(&[&right, &right])?, 401, "auth_invalid", "one Authorization header"),
            (good.replace(host, ""), 400, "invalid_host", "one Host header"),
            (good.replace(host, &host.repeat(2)), 400, "invalid_host", "one Host header"),
            (good.replace(host, "Host: one, two\r\n"), 400, "invalid_host", "one Host header"),
            (good.replace(host, &host.repeat(2)).replace("HTTP/1.1", "HTTP/1.0"), 400, "invalid_host", "one Host header"),
        ];
        for (request, status, code, words) in refused {
            let mut client = server.connect().await?;
            client.sends(&request).await;
            let reply = client.answer_within(AT_ONCE).await?;
            expect(format!("the status of {request:?}"), reply.status).is(status)?;
            expect(format!("the code of {request:?}"), reply.field("code")).is(code)?;
            let error = reply.field("error").to_string();
            expect(format!("what is said of {request:?}"), error)
                .holds(format!("{words:?}"), |error| error.contains(words))?;
        }
        expect("provider calls", lab.tiingo.calls().len()).is(0)?;
        for request in [good.clone(), good.replace(host, "").replace("HTTP/1.1", "HTTP/1.0")] {
            let mut client = server.connect().await?;
            client.sends(&request).await;
            expect(format!("the status of {request:?}"), client.answer_within(AT_ONCE).await?.status).is(200)?;
        }

        let folder = tempfile::TempDir::new().context("a folder for the page")?;
        let (page, assets) = (folder.path().join("dist"), folder.path().join("dist/assets"));
        let write = || {
            std::fs::create_dir_all(&assets)?;
            std::fs::write(page.join("index.html"), "<!doctype html>")?;
            std::fs::write(folder.path().join("outside.js"), "nobody's business")?;
            symlink("../../outside.js", assets.join("page.js"))
        };
        write().context("writing the page")?;
        let page = page.display().to_string();
        for (name, text, words) in [
            ("OHLC_API_TOKENS", "a", "OHLC_API_TOKENS has a token of less than 8 characters"),
            ("OHLC_ADMIN_TOKENS", "candlecheck-admin,b", "OHLC_ADMIN_TOKENS has a token of less than 8 characters"),
            ("OHLC_ADMIN_TOKENS", TOKEN, "OHLC_API_TOKENS and OHLC_ADMIN_TOKENS have a token in common"),
            ("OHLC_DASHBOARD_DIR", page.as_str(), "page.js is a link that leads out of it"),
        ] {
            let said = lab.server_refuses_to_start_with([(name, text)]).await?;
            expect(format!("what is said of {name}"), said).holds(format!("{words:?}"), |said| said.contains(words))?;
        }
    }
}
