use std::collections::BTreeSet;

use harness::{expect, ohlc, scenario};
use serde_json::Value;

scenario! {
    O1 P2 "Each log line of a request carries the request id of its response, whatever else is under way"
    from ["decisions.md#spans", "decisions.md#request-id"]
    needs [Logs, OwnEnvironment]
    catches ["tasks-without-their-request", "one-request-id-for-all"]
    async fn correlation_id(lab: &mut Lab) {
        // What libraries say below this level is about connections, not requests.
        let server = lab.another_server_with([("OHLC_LOG", "info")]).await?;
        server.get("/healthz", &[]).await?; // by now all lines about the start are written
        let before = server.logs().await?.len();
        let gate = lab.tiingo.hold_answers();
        let (tickers, mut asked) = (["AAPL", "AMZN", "MSFT", "NVDA"], Vec::new());
        for ticker in tickers {
            // A fault of the provider's, so that there is something to log on the way.
            lab.tiingo.lists(ticker).since("2020-01-02").doubled("2026-01-30", |row| row.volume = Some("1".into()));
            let ask = ohlc(ticker).range("1W");
            let named = ["AAPL", "MSFT"].contains(&ticker);
            asked.push(server.begin(if named { ask.header("X-Request-Id", &format!("of-{ticker}")) } else { ask }));
        }
        expect("all four are under way", gate.arrived(4).await).is(true)?;
        gate.open();
        let mut ids = Vec::new();
        for asking in asked {
            ids.push(asking.answer().await?.comes_from("tiingo")?.header("x-request-id").to_owned());
        }
        let refused = server.ask(ohlc("1234")).await?;
        ids.push(refused.header("x-request-id").to_owned());
        expect("the id in a refusal's body", refused.field("request_id")).is(ids[4].as_str())?;
        server.idle().await?;
        for (given, kept) in [("x".repeat(64), true), ("x".repeat(65), false), ("two words".to_owned(), false)] {
            let id = server.get("/healthz", &[("x-request-id".to_owned(), given.clone())]).await?.header("x-request-id").to_owned();
            expect(format!("whether {given:?} is kept"), id == given).is(kept)?;
            ids.push(id);
        }

        expect("the ids that were given", [&ids[0], &ids[2]]).is(["of-AAPL", "of-MSFT"])?;
        expect("different ids", ids.iter().collect::<BTreeSet<_>>().len()).is(8)?;
        let lines: Vec<Value> = server.logs().await?.split_off(before);
        let lines: Vec<_> = lines.into_iter().filter(|line| line["_aws"].is_null()).collect();
        let of_nobody: Vec<_> =
            lines.iter().filter(|line| !ids.iter().any(|id| line["request_id"] == id.as_str())).collect();
        expect("lines without the id of a request", of_nobody).is(Vec::<&Value>::new())?;
        for (ticker, id) in tickers.into_iter().zip(&ids) {
            let own: Vec<_> = lines.iter().filter(|line| line["request_id"] == id.as_str()).collect();
            let about: BTreeSet<_> = own.iter().filter_map(|line| line["ticker"].as_str()).collect();
            expect(format!("tickers in the lines of {id}"), about).is(BTreeSet::from([ticker]))?;
            let errors = own.iter().filter(|line| line["level"] == "ERROR").count();
            expect(format!("errors among the lines of {id}"), errors).is(1)?;
        }
    }
}
