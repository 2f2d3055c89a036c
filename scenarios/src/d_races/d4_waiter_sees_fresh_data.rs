use harness::faults::on;
use harness::{expect, ohlc, scenario};

scenario! {
    D4 P0 "A waiter gets the holder's write even while eventually consistent reads lag"
    from ["decisions.md#later-looks-strong"]
    needs [SeveralInstances]
    catches ["waiter-reads-the-past"]
    async fn waiter_sees_fresh_data(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let holder = lab.server().await?;
        let waiter = lab.another_server_with([("OHLC_LOCK_POLL_EVERY", "1ms"), ("OHLC_LOCK_POLLS", "1")]).await?;
        let lagging = lab.dynamodb.lag(on("Query").or("GetItem"), &lab.table).await?;
        let refusal = lab.dynamodb.hold_reply(on("PutItem").sk("LOCK").nth(2));
        let gate = lab.tiingo.hold_answers();
        let held = holder.begin(ohlc("AAPL").range("1W"));
        expect("the holder asks the provider", gate.arrived(1).await).is(true)?;
        let waiting = waiter.begin(ohlc("AAPL").range("1W"));
        expect("the lock is refused to the other", refusal.arrived(1).await).is(true)?;
        gate.open();
        let fetched = held.answer().await?.comes_from("tiingo")?;
        holder.idle().await?;

        // It hears of the refusal only now: its one look comes after the write.
        refusal.open();
        let seen = waiting.answer().await?.comes_from("dynamodb")?;
        expect("the waiter's candles", seen.candles_text()?).is(fetched.candles_text()?)?;
        expect("provider calls", lab.tiingo.calls().len()).is(1)?;
        expect("reads answered from the past", lagging.applied()).is_not(0)?;
    }
}
