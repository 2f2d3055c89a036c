use harness::{expect, ohlc, scenario};
use serde_json::json;

scenario! {
    G25 P3 "Half a date pair, an unknown range, a doubled parameter, an impossible date and an invalid ticker are a 400 with code and field, never a silent default"
    from ["decisions.md#range", "decisions.md#ticker", "contract.md#errors"]
    needs []
    catches ["silent-default-for-the-range", "any-text-is-a-ticker"]
    async fn bad_input_is_a_400(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        let aapl = || ohlc("AAPL");
        let asked = [
            (aapl().with("start_date", "2026-01-05"), "invalid_date", json!("end_date")),
            (aapl().with("end_date", "2026-01-05"), "invalid_date", json!("start_date")),
            (aapl().between("2026-01-06", "2026-01-05"), "invalid_date", json!("start_date")),
            (
                aapl().with("start_date", "2026-02-30").with("end_date", "2026-03-01"),
                "invalid_date",
                json!("start_date"),
            ),
            (aapl().with("start_date", "2026-01-5").with("end_date", "2026-01-06"), "invalid_date", json!("start_date")),
            (aapl().with("start_date", "2026-01-05").with("end_date", "+2026-1-06"), "invalid_date", json!("end_date")),
            (aapl().with("start_date", "").with("end_date", "2026-01-06"), "invalid_date", json!("start_date")),
            (aapl().with("start_date", "2026-02-02").with("end_date", "2026-02-05"), "future_date", json!("end_date")),
            (aapl().with("start_date", "2026/01/05").with("end_date", "2026-01-06"), "invalid_date", json!("start_date")),
            (aapl().range("2W"), "invalid_range", json!("range")),
            (aapl().range("1w"), "invalid_range", json!("range")),
            (aapl().range(""), "invalid_range", json!("range")),
            (aapl().range("1W").range("1W"), "invalid_range", json!("range")),
            (aapl().between("2026-01-05", "2026-01-06").with("start_date", "2026-01-05"), "invalid_date", json!("start_date")),
            (aapl().between("2026-01-05", "2026-01-06").with("end_date", "2026-01-06"), "invalid_date", json!("end_date")),
            (aapl().range("1W").with("end_date", "2026-01-06"), "invalid_range", json!("range")),
            (aapl().resolution("D").resolution("D"), "invalid_resolution", json!("resolution")),
            (aapl().resolution(""), "invalid_resolution", json!("resolution")),
            (aapl().resolution("5m"), "invalid_resolution", json!("resolution")),
            (ohlc("ÄPFEL"), "invalid_ticker", json!("ticker")),
            (ohlc("AAPL:D"), "invalid_ticker", json!("ticker")),
            (ohlc(".B"), "invalid_ticker", json!("ticker")),
            (ohlc("BRK."), "invalid_ticker", json!("ticker")),
            (ohlc("BRK.ABC"), "invalid_ticker", json!("ticker")),
            (ohlc("TOOLONG"), "invalid_ticker", json!("ticker")),
        ];
        for (ask, code, field) in asked {
            let shown = ask.to_string();
            let reply = server.ask(ask).await?;
            expect(format!("status of {shown}"), reply.status).is(400)?;
            expect(format!("code of {shown}"), reply.field("code")).is(code)?;
            expect(format!("field of {shown}"), reply.field("field")).is(field)?;
        }
        let reply = server.ask(ohlc(&"LONG".repeat(200))).await?;
        let short = |error: &String| error.len() < 400;
        expect("what is said of a ticker of 800 letters", reply.field("error").to_string()).holds("less than 400 characters", short)?;
        expect("provider calls", lab.tiingo.calls().len()).is(0)?;
        expect("items stored", lab.table.items().await?.len()).is(0)?;
    }
}
