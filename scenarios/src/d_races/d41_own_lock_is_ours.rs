use harness::faults::{LostReply, on};
use harness::observe::journal::Peer;
use harness::{expect, ohlc, scenario};

use crate::vocabulary::locks;

scenario! {
    D41 P1 "A lock whose reply was lost is ours at once, and is given back; a lock that names another is not"
    from ["decisions.md#own-lock", "decisions.md#lock-is-free"]
    needs [SeveralInstances]
    catches ["own-lock-taken-for-anothers", "lock-of-a-lost-reply-left", "refused-lock-taken-for-ours"]
    async fn own_lock_is_ours(lab: &mut Lab) {
        for ticker in ["AAPL", "MSFT", "NVDA", "TSLA", "AMZN"] {
            lab.tiingo.lists(ticker).since("2020-01-02");
        }
        let server = lab.server().await?;
        for (ticker, resolution) in [("AAPL", "D"), ("MSFT", "5")] {
            let mark = lab.journal.len();
            let key = format!("LOCK#ohlc:{ticker}:{resolution}:1W:2026-02-03");
            let lost = lab.dynamodb.inject(on("PutItem").pk(&key).first(1), LostReply);
            // Such a provider leaves no time to wait for oneself.
            lab.tiingo.answers_after(lab.time().milliseconds(2_500, 1)).for_calls(1);
            server.ask(ohlc(ticker).range("1W").resolution(resolution)).await?.comes_from("tiingo")?;
            expect("replies that were lost", lost.applied()).is(1)?;

            let tried = locks::tried(lab).into_iter().filter(|(tried, _)| *tried == key);
            expect("the tries to take it", tried.map(|(_, status)| status).collect::<Vec<_>>()).is([0, 200])?;
            let calls = lab.journal.since(mark, Peer::DynamoDb).into_iter();
            let looks = calls.filter(|call| call.operation == "Query" && call.request["ConsistentRead"] == true);
            let about = looks.filter(|call| call.subject.contains(&format!("{ticker}#tiingo")));
            expect("looks by whoever has it", about.count()).is(1)?;
            server.idle().await?;
            expect("its holder afterwards", locks::holder(lab, &key).await?).is(None)?;
        }

        // Nobody knows whether it was taken: it is given back in any case.
        let lost = lab.dynamodb.inject(on("PutItem").pk_prefix("LOCK#ohlc:NVDA"), LostReply);
        server.ask(ohlc("NVDA").range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;
        expect("replies that were lost for good", lost.applied()).is(2)?;
        expect("its holder", locks::holder(lab, "LOCK#ohlc:NVDA:D:1W:2026-02-03").await?).is(None)?;

        let other = lab.another_server().await?;
        let refusal = lab.dynamodb.hold_reply(on("PutItem").pk_prefix("LOCK#ohlc:TSLA").nth(2));
        let gate = lab.tiingo.hold_answers_about("TSLA");
        let holding = other.begin(ohlc("TSLA").range("1W"));
        expect("the other has the lock", gate.arrived(1).await).is(true)?;
        let waiting = server.begin(ohlc("TSLA").range("1W"));
        expect("the lock is refused to us", refusal.arrived(1).await).is(true)?;
        refusal.open();
        // While this one goes all the way and back, whoever took the refused lock for his would have asked the provider.
        server.ask(ohlc("AMZN").range("1W")).await?.comes_from("tiingo")?;
        gate.open();
        holding.answer().await?.comes_from("tiingo")?;
        waiting.answer().await?.comes_from("dynamodb")?;
        expect("provider calls about what another has locked", lab.tiingo.calls_about("TSLA").len()).is(1)?;
    }
}
