use harness::observe::journal::{Exchange, Party};
use harness::{expect, ohlc, scenario};

scenario! {
    B15 P1 "A two-hour window in a stored month of 5-minute candles reads its 24 candles with one Query, at most 100 items, and only the attributes it needs"
    from ["decisions.md#sort-key-ranges", "decisions.md#projection"]
    needs [Clock, DropL1]
    catches ["whole-partition-read", "no-projection", "one-query-per-hour"]
    async fn range_reads_only_what_it_needs(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.time_is("2026-02-03T16:29:30Z"); // 11:29:30 in New York: the session is two hours old
        let server = lab.server().await?;
        let month = server.ask(ohlc("AAPL").range("1M").resolution("5")).await?.comes_from("tiingo")?;
        expect("candles of the month", month.candles()?.len())
            .holds("about 1,600", |count| (1_400..1_700).contains(count))?;
        server.idle().await?;
        server.drop_l1().await?;

        let mark = lab.journal.len();
        let today = server.ask(ohlc("AAPL").range("1D").resolution("5")).await?.comes_from("dynamodb")?;
        expect("candles of two hours", today.candles()?.len()).is(24)?;

        let calls = lab.journal.since(mark, Party::DynamoDb);
        let operations: Vec<&str> = calls.iter().map(|call| call.operation.as_str()).collect();
        expect("DynamoDB calls", operations).is(["Query"])?;
        for call in &calls {
            expect("items read", answered(call, "ScannedCount"))
                .holds("24 to 100", |count| (24..=100).contains(count))?;
            expect("a projection", call.request["ProjectionExpression"].is_string()).is(true)?;
            let items = call.answer.as_ref().and_then(|answer| answer.body["Items"].as_array().cloned());
            let whole = items.unwrap_or_default().into_iter().filter(|item| !item["PK"].is_null()).count();
            expect("items read with the partition key that was asked for", whole).is(0)?;
        }
    }
}

fn answered(call: &Exchange, count: &str) -> u64 {
    call.answer.as_ref().and_then(|answer| answer.body[count].as_u64()).unwrap_or(0)
}
