use harness::observe::journal::Party;
use harness::{Stop, expect, ohlc, scenario};

/// Requests and their keys, as an earlier deployment wrote them: a reviewed snapshot whose header ends at the second
/// `---`. It changes only on purpose, because a change loses every cached answer of every running instance.
const GOLDEN: &str = include_str!("../../../fixtures/golden/cache_keys.snap");

scenario! {
    A10 P2 "Requests of a golden table still have the keys recorded there"
    from ["decisions.md#cache-key", "decisions.md#lock-key", "decisions.md#sort-key"]
    needs [Clock]
    catches ["cache-key-format-changed", "lock-key-format-changed", "sort-key-format-changed"]
    async fn stable_across_deployments(lab: &mut Lab) {
        let server = lab.server().await?;
        let table = GOLDEN.splitn(3, "---\n").last().unwrap_or_default();
        let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split(" | ").map(str::trim).collect()).collect();
        expect("rows of the golden table", rows.len()).is_not(0)?;
        for row in rows {
            let [now, ticker, query, cache_key, partition_key, first_sort_key] = row[..] else {
                return Err(Stop::Broken(format!("fixtures/golden/cache_keys.snap has the odd row {row:?}")));
            };
            lab.time_is(now);
            lab.tiingo.lists(ticker).since("2020-01-02");
            let ask = query
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .fold(ohlc(ticker), |ask, (name, value)| ask.with(name, value));
            let reply = server.ask(ask).await?;
            server.idle().await?;
            expect(format!("the key of {ticker}?{query}"), reply.cache_key()).is(cache_key)?;

            let written = lab.journal.to(Party::DynamoDb);
            let put = written.iter().filter(|call| call.operation == "PutItem").map(|call| &call.request["Item"]);
            let mut locks = put.filter(|item| item["SK"]["S"] == "LOCK").filter_map(|item| item["PK"]["S"].as_str());
            expect("the lock's partition key", locks.next_back()).is(Some(format!("LOCK#{cache_key}").as_str()))?;
            let items = lab.table.items_under(partition_key).await?;
            let sort_keys: Vec<&str> = items.iter().filter_map(|item| item.s("SK")).collect();
            expect(format!("a candle under {partition_key}"), sort_keys.contains(&first_sort_key)).is(true)?;
        }
    }
}
