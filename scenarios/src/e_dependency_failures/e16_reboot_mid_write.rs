use harness::faults::on;
use harness::{expect, ohlc, scenario};

scenario! {
    E16 P1 required "After a SIGKILL between two batches of a write no answer is partial, also when the lost batch comes late"
    needs [SeveralInstances, OwnEnvironment, DropL1, Kill]
    catches ["partial-window-served"]
    async fn reboot_mid_write(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let ask = ohlc("AAPL").range("3M"); // three batches
        let whole = lab.tiingo.expected("AAPL", "D", "2025-11-05", "2026-02-03");
        let killed = lab.another_server_with([("OHLC_WRITE_WAIT", "1ms")]).await?;
        let lost = lab.dynamodb.hold(on("BatchWriteItem").nth(2));
        killed.ask(ask.clone()).await?.comes_from("tiingo")?;
        expect("the second batch is on its way", lost.arrived(1).await).is(true)?;
        lab.kill(&killed).await?;
        expect("candles that are there", lab.table.items_under("AAPL#tiingo").await?.len()).is(25)?;

        let after = lab.another_server().await?;
        let first = after.ask(ask.clone()).await?;
        expect("the first candles after it", first.candles()?).is(whole.clone())?;
        after.idle().await?;
        // The network had it all the time.
        lost.open();
        for _ in 0..2 {
            after.drop_l1().await?;
            expect("later candles", after.ask(ask.clone()).await?.candles()?).is(whole.clone())?;
            after.idle().await?;
        }
    }
}
