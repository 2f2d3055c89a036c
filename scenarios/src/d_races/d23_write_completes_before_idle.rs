use harness::faults::on;
use harness::{expect, ohlc, scenario};

scenario! {
    D23 P2 "An instance is busy until its write-through is finished, even if the answer was sent long before"
    from ["decisions.md#write-through-and-idleness"]
    needs [OwnEnvironment]
    catches ["write-forgotten-when-answered"]
    async fn write_completes_before_idle(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.another_server_with([("OHLC_WRITE_WAIT", "1ms")]).await?;
        let gate = lab.dynamodb.hold(on("BatchWriteItem"));
        let reply = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        expect("the write is under way", gate.arrived(1).await).is(true)?;
        expect("candles stored by then", lab.table.items_under("AAPL#tiingo").await?.len()).is(0)?;
        expect("what is under way", server.statistic("under_way").await?).is(1)?;
        gate.open();
        server.idle().await?;
        expect("candles stored", lab.table.items_under("AAPL#tiingo").await?.len()).is(reply.candles()?.len())?;
        expect("what is under way then", server.statistic("under_way").await?).is(0)?;
    }
}
