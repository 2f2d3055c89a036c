use harness::faults::on;
use harness::observe::journal::Party;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::locks;

scenario! {
    D5 P0 "Data written between the miss and the lock is served after one more look, without a provider call"
    from ["decisions.md#looks-under-lock"]
    needs [SeveralInstances]
    catches ["no-second-look"]
    async fn double_check_after_lock(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let (late, quick) = (lab.server().await?, lab.another_server().await?);
        let gate = lab.dynamodb.hold(on("PutItem").sk("LOCK").first(1));
        let asking = late.begin(ohlc("AAPL").range("1W"));
        expect("the late one has missed and wants the lock", gate.arrived(1).await).is(true)?;
        let fetched = quick.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        quick.idle().await?;

        gate.open();
        let seen = asking.answer().await?.comes_from("dynamodb")?;
        expect("its candles", seen.candles_text()?).is(fetched.candles_text()?)?;
        expect("provider calls", lab.tiingo.calls().len()).is(1)?;

        // Nothing arrives meanwhile: each provider's candles are looked for twice.
        lab.tiingo.lists("MSFT").since("2020-01-02");
        let mark = lab.journal.len();
        late.ask(ohlc("MSFT").range("1W")).await?.comes_from("tiingo")?;
        let looks = lab.journal.since(mark, Party::DynamoDb).into_iter().filter(|call| call.operation == "Query").count();
        expect("looks for two providers' candles", looks).is(4)?;
        expect("all three locks were free", locks::statuses(lab)).is([200, 200, 200])?;
        expect("its holder afterwards", locks::holder(lab, "LOCK#ohlc:AAPL:D:1W:2026-02-03").await?).is(None)?;
    }
}
