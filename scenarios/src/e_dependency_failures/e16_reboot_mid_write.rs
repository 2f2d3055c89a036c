use harness::faults::on;
use harness::{expect, ohlc, scenario};

scenario! {
    E16 P1 "After a SIGKILL between two batches of a write no answer is partial, nor mixed when a batch arrives late"
    from ["decisions.md#missing", "decisions.md#newest-of-a-day"]
    needs [Clock, SeveralInstances, OwnEnvironment, DropL1, Kill]
    catches ["partial-window-served", "candles-of-several-fetches-served"]
    async fn reboot_mid_write(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.time_is("2026-02-03T22:00:00Z");
        let window = ("2025-11-03", "2026-02-03"); // three batches
        let ask = ohlc("AAPL").between(window.0, window.1);
        let killed = lab.another_server_with([("OHLC_WRITE_WAIT", "1ms")]).await?;
        let lost = lab.dynamodb.hold(on("BatchWriteItem").nth(2));
        let late = lab.dynamodb.hold_reply(on("BatchWriteItem").nth(2));
        killed.ask(ask.clone()).await?.comes_from("tiingo")?;
        expect("the second batch is on its way", lost.arrived(1).await).is(true)?;
        lab.kill(&killed).await?;
        expect("candles that are there", lab.table.items_under("AAPL#tiingo").await?.len()).is(25)?;

        // Meanwhile the provider has corrected one candle of each of the first two batches.
        lab.time_is("2026-02-03T22:01:00Z");
        for corrected in ["2025-11-10", "2025-12-22"] {
            lab.tiingo.lists("AAPL").edit(corrected, |row| row.volume = Some("1".into()));
        }
        let whole = lab.tiingo.expected("AAPL", "D", window.0, window.1);
        let after = lab.another_server().await?;
        expect("the first candles after it", after.ask(ask.clone()).await?.candles()?).is(whole.clone())?;
        after.idle().await?;
        lost.open();
        expect("the second batch is written after all", late.arrived(1).await).is(true)?;
        after.drop_l1().await?;
        expect("the candles after that", after.ask(ask).await?.candles()?).is(whole)?;
    }
}
