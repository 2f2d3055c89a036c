use harness::observe::journal::Party;
use harness::{expect, ohlc, scenario};

scenario! {
    F3 P1 "An answer read from the table is in memory for the next request, which needs no table"
    from ["decisions.md#kept-from"]
    needs [DropL1]
    catches ["memory-not-refilled"]
    async fn l2_hit_warms_l1(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        let ask = ohlc("AAPL").range("1M");
        server.ask(ask.clone()).await?.comes_from("tiingo")?;
        server.idle().await?;
        server.drop_l1().await?;

        let read = server.ask(ask.clone()).await?.comes_from("dynamodb")?;
        let mark = lab.journal.len();
        let again = server.ask(ask).await?.comes_from("in-memory")?;
        expect("the provider that the table's candles are from", read.field("source")).is("tiingo")?;
        expect("the candles", again.candles_text()?).is(read.candles_text()?)?;
        expect("DynamoDB calls of the next request", lab.journal.since(mark, Party::DynamoDb).len()).is(0)?;
    }
}
