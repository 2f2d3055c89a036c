use anyhow::Context;
use harness::{expect, ohlc, scenario};

scenario! {
    S10 P0 "A server as it is shipped knows nothing of what only tests may do: no route, no variable"
    from ["decisions.md#controls-for-tests"]
    needs [OwnEnvironment, Shipped]
    catches ["controls-for-everybody", "test-clock-for-everybody"]
    async fn controls_never_ship(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let folder = tempfile::TempDir::new().context("a folder for the clock")?;
        let file = folder.path().join("now");
        std::fs::write(&file, "2026-01-05T22:00:00Z").context("writing the clock")?;
        let path = file.display().to_string();
        let told = [("OHLC_TEST_CLOCK_FILE", path.as_str()), ("OHLC_TEST_CONTROLS", "yes"), ("OHLC_TEST_ENDS_WITH_STDIN", "yes")];
        let server = lab.another_server_with(told).await?;
        let ask = ohlc("AAPL").range("1W");
        let reply = server.ask(ask.clone()).await?.comes_from("tiingo")?;
        expect("the day that it goes by", reply.field("end_date")).is("2026-02-03")?;

        for path in ["/test/drop-l1", "/test/fail", "/test/idle", "/test/log"] {
            for (method, body) in [("GET", ""), ("POST", ""), ("POST", r#"{"at": "look-up", "how": "panic"}"#)] {
                let headers = [("content-type".to_owned(), "application/json".to_owned())];
                let reply = server.send(method, path, &headers, body).await?;
                expect(format!("the status of {method} {path}"), reply.status).is(404)?;
                expect(format!("the code of {method} {path}"), reply.field("code")).is("no_such_route")?;
            }
        }
        server.ask(ask).await?.comes_from("in-memory")?;
    }
}
