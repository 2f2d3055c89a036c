//! What the server really does: one world in which it uses every operation, and meets everything that it counts.

use std::collections::BTreeSet;

use candlecheck::SEED;
use candlecheck::reference::Reference;
use harness::dynamodb::Tier;
use harness::faults::{ErrorAnswer, PartialBatch, TruncatedPages, everything, on};
use harness::observe::journal::{Exchange, Peer};
use harness::{ADMIN_TOKEN, Lab, Verdict, ohlc};
use serde_json::Value;

/// What was seen of it.
pub(crate) struct Seen {
    pub(crate) calls: Vec<Exchange>,
    pub(crate) lines: Vec<Value>,
}

impl Seen {
    /// The operations that it used.
    pub(crate) fn operations(&self) -> BTreeSet<&str> {
        self.calls.iter().map(|call| call.operation.as_str()).collect()
    }

    /// Every item that it wrote.
    pub(crate) fn items(&self) -> Vec<&Value> {
        let puts = self.calls.iter().filter_map(|call| call.request.get("Item"));
        let batches = self.calls.iter().filter_map(|call| call.request["RequestItems"].as_object());
        let requests = batches.flat_map(|tables| tables.values()).flat_map(|writes| writes.as_array().unwrap());
        puts.chain(requests.filter_map(|write| write["PutRequest"].get("Item"))).collect()
    }
}

/// Lets a server do all that it can do to its table.
pub(crate) async fn seen() -> anyhow::Result<Seen> {
    let mut lab = Lab::open(Reference::healthy(), &Tier::embedded(), SEED).await?;
    let told = told(&mut lab).await.map_err(|stop| anyhow::anyhow!("{stop:?}"));
    let calls = lab.journal.to(Peer::DynamoDb);
    lab.close().await?;
    Ok(Seen { calls, lines: told? })
}

async fn told(lab: &mut Lab) -> Verdict<Vec<Value>> {
    // A halt, which needs a claim; a duplicate, which is reported; and writes that are handed back.
    let listed = lab.tiingo.lists("AAPL").since("2020-01-02").without(["2026-01-29"]);
    listed.doubled("2026-01-30", |row| row.volume = Some("1".into()));
    lab.tiingo.lists("MSFT").since("2020-01-02");
    let impatient = [("OHLC_DYNAMODB_ATTEMPTS", "1"), ("OHLC_BATCH_BACKOFF", "1ms")];
    let server = lab.another_server_with(impatient).await?;
    let ask = ohlc("AAPL").range("1M");
    server.ask(ask.clone()).await?.comes_from("tiingo")?;
    server.idle().await?;
    server.drop_l1().await?;
    let cut = lab.dynamodb.inject(on("Query"), TruncatedPages::of(7));
    server.ask(ask).await?.comes_from("dynamodb")?;
    cut.end();
    let handing_back = lab.dynamodb.inject(on("BatchWriteItem"), PartialBatch::keeping(0));
    server.ask(ohlc("MSFT").range("1W")).await?.comes_from("tiingo")?;
    server.idle().await?;
    handing_back.end();
    server.get("/readyz", &[]).await?;
    server.invalidate(Some("AAPL")).await?;
    server.post("/api/v2/cache/invalidate", "{}", ADMIN_TOKEN).await?;
    let outage = lab.dynamodb.inject(everything(), ErrorAnswer::internal());
    for _ in 0..3 {
        server.ask(ohlc("NOPE").range("1W")).await?;
    }
    outage.end();
    lab.stop(&server).await?;
    server.logs().await
}
