//! Golden snapshots: what is written into caches that outlive a deployment. `cargo insta review` accepts a change.

use std::collections::BTreeMap;

use candlecheck::SEED;
use candlecheck::reference::Reference;
use harness::dynamodb::Tier;
use harness::observe::journal::Peer;
use harness::{Lab, Stop, ohlc};
use serde_json::Value;

/// Requests with the instant at which they are made. A10 holds every server against what comes of them.
const REQUESTS: [(&str, &str, &str); 6] = [
    ("2026-02-03T22:00:00Z", "AAPL", "range=1W&resolution=D"),
    ("2026-02-04T04:59:59Z", "MSFT", "range=1M&resolution=D"),
    ("2026-02-04T15:00:00Z", "BRK.B", "range=1D&resolution=5"),
    ("2026-07-02T21:00:00Z", "F", "start_date=2026-06-01&end_date=2026-06-30&resolution=D"),
    ("2026-07-02T21:00:00Z", "GOOGL", "range=YTD"),
    ("2026-07-02T21:00:00Z", "BRK-B", "range=1D&resolution=60"),
];

fn golden() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../fixtures/golden");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

#[tokio::test]
async fn cache_keys() -> anyhow::Result<()> {
    let mut lab = Lab::open(Reference::healthy(), &Tier::embedded(), SEED).await?;
    let mut rows = Vec::new();
    for (now, ticker, query) in REQUESTS {
        lab.time_is(now);
        lab.tiingo.lists(ticker).since("2020-01-02");
        let server = lab.server().await.map_err(words)?;
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let ask = pairs.fold(ohlc(ticker), |ask, (name, value)| ask.with(name, value));
        let reply = server.ask(ask).await.map_err(words)?;
        server.idle().await.map_err(words)?;
        let partition = format!("{ticker}#tiingo");
        let items = lab.table.items_under(&partition).await?;
        let first = items.iter().find(|item| item.n("open").is_some()).and_then(|item| item.s("SK").map(str::to_owned));
        rows.push([now, ticker, query, reply.cache_key(), &partition, &first.unwrap_or_default()].join(" | "));
    }
    lab.close().await?;
    golden().bind(|| insta::assert_snapshot!("cache_keys", rows.join("\n")));
    Ok(())
}

#[tokio::test]
async fn item_layout() -> anyhow::Result<()> {
    let mut lab = Lab::open(Reference::healthy(), &Tier::embedded(), SEED).await?;
    // A halt on one of the days, so that the window needs its coverage record; and a dividend on another.
    lab.tiingo.lists("AAPL").since("2020-01-02").without(["2026-01-29"]).pays("2026-01-28", "0.004");
    let server = lab.server().await.map_err(words)?;
    server.ask(ohlc("AAPL").range("1W")).await.map_err(words)?;
    server.idle().await.map_err(words)?;

    let mut layout = BTreeMap::new();
    for call in lab.journal.to(Peer::DynamoDb) {
        let puts = call.request["RequestItems"].as_object().into_iter().flat_map(|tables| tables.values());
        let puts = puts.flat_map(|puts| puts.as_array().into_iter().flatten()).map(|put| &put["PutRequest"]["Item"]);
        for item in puts.chain([&call.request["Item"]]).filter(|item| item.is_object()) {
            layout.entry(kind(item)).or_insert_with(|| shown(item));
        }
    }
    lab.close().await?;
    let layout: Vec<String> = layout.into_iter().map(|(kind, item)| format!("{kind}\n{item}")).collect();
    golden().bind(|| insta::assert_snapshot!("item_layout", layout.join("\n")));
    Ok(())
}

fn kind(item: &Value) -> &'static str {
    let sort_key = item["SK"]["S"].as_str().unwrap_or_default();
    match sort_key {
        "LOCK" => "lock",
        _ if sort_key.starts_with("COVERAGE#") => "coverage",
        _ if sort_key.starts_with("ACTION#") => "latest action",
        _ => "candle",
    }
}

/// One attribute a line, with its type; what differs from run to run is left out.
fn shown(item: &Value) -> String {
    let attributes = item.as_object().into_iter().flatten();
    let lines = attributes.map(|(name, value)| match name.as_str() {
        "LockHolder" => format!("  {name} {{\"S\":\"(one of its own for each lease)\"}}"),
        _ => format!("  {name} {value}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn words(stop: Stop) -> anyhow::Error {
    anyhow::anyhow!("{stop:?}")
}
