use harness::{expect, ohlc, scenario};

use crate::vocabulary::tickers::{listed, tickers};
use crate::vocabulary::ways_to_write::mean_the_same;

type Way = fn(String) -> String;

/// Ways to write the same JSON.
const WAYS: [(&str, Way); 5] = [
    ("with escapes", escaped),
    ("after a byte order mark", |text| format!("\u{feff}{text}")),
    ("with whitespace", |text| text.replace("\":", "\"\t:\r\n ").replace(',', " ,\n").replace('[', " [ ")),
    ("among unknown keys", |text| text.replace('{', r#"{"note":"\"t\":[1],\"date\":","more":{"date":[null,{}]},"#)),
    ("in another order and with exponents", reversed),
];

scenario! {
    B18 P0 "Candles are the same however a provider's encoder writes them; where none can be read, nobody is told that there are none"
    from ["decisions.md#provider-text", "decisions.md#says-nothing"]
    needs []
    catches ["escapes-taken-literally", "byte-order-mark-taken-as-text", "nothing-readable-taken-as-no-candles"]
    async fn escaped_text(lab: &mut Lab) {
        let server = lab.server().await?;
        let mut tickers = tickers('W');
        for (how, way) in WAYS {
            mean_the_same(lab, &server, &mut tickers, how, move |reply| reply.text(way)).await?;
        }

        // The candles are there, and nobody can read one of them.
        for resolution in ["D", "60"] {
            let ticker = listed(lab, &mut tickers);
            let ask = ohlc(&ticker).range("1W").resolution(resolution);
            lab.tiingo.answers_changed("without dates", |reply| reply.text(|text| text.replace("\"date\"", "\"day\"")));
            lab.finnhub.unavailable();
            let unread = server.ask(ask.clone()).await?;
            expect(format!("the status with no candle of Tiingo's readable in {resolution}"), unread.status).is(503)?;
            lab.finnhub.recovers();
            server.ask(ask.clone()).await?.comes_from("finnhub")?;

            server.invalidate(None).await?;
            lab.finnhub.answers_changed("without highs", |reply| reply.text(|text| text.replace("\"h\"", "\"x\"")));
            let unread = server.ask(ask.clone()).await?;
            expect(format!("the status with no candle of anybody's readable in {resolution}"), unread.status).is(503)?;
            lab.tiingo.recovers();
            lab.finnhub.recovers();
            server.ask(ask).await?.comes_from("tiingo")?;
        }
    }
}

/// Keys, zones, dates and states with escapes, the zone as an offset.
fn escaped(text: String) -> String {
    let text = text.replace(".000Z\"", "\\u002B00:00\"").replace("\"date\":\"2026-", "\"d\\u0061te\":\"2026\\u002D");
    text.replace("\"s\":\"ok\"", "\"\\u0073\":\"\\u006fk\"").replace("\"t\":", "\"\\u0074\":")
}

/// Tiingo's rows with their last field first, and every number with an exponent; of Finnhub's columns the last number.
fn reversed(text: String) -> String {
    let Some(rows) = text.strip_prefix("[{").and_then(|text| text.strip_suffix("}]")) else {
        return text.replace("],", "E0],");
    };
    let field = |field: &str| if field.ends_with('"') { field.to_owned() } else { format!("{field}e+0") };
    let row = |row: &str| row.split(',').rev().map(field).collect::<Vec<_>>().join(",");
    format!("[{{{}}}]", rows.split("},{").map(row).collect::<Vec<_>>().join("},{"))
}
