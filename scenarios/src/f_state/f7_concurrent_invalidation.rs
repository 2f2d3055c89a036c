use harness::faults::on;
use harness::{Lab, Server, Verdict, expect, ohlc, scenario};

scenario! {
    F7 P2 "A request during an invalidation gets the old candles or the new ones, never a mixture; later requests get the new ones"
    from ["decisions.md#invalidation-epoch", "decisions.md#newest-of-a-day"]
    needs [Clock, SeveralInstances, OwnEnvironment, Metrics]
    catches [
        "partial-window-served",
        "candles-of-several-fetches-served",
        "invalidation-overtaken",
        "invalidation-joins-what-is-under-way",
    ]
    async fn concurrent_invalidation(lab: &mut Lab) {
        // Three batches, of which the provider corrects one row in the first and one in the last.
        let window = ("2025-11-03", "2026-02-03");
        let ask = ohlc("AAPL").between(window.0, window.1);
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        // This one does not wait with its answer until everything is written.
        let writer = lab.another_server_with([("OHLC_WRITE_WAIT", "1ms")]).await?;
        let reader = lab.another_server().await?;
        let old = server.ask(ask.clone()).await?.comes_from("tiingo")?.candles()?;
        server.idle().await?;
        lab.time_is("2026-02-03T22:00:01Z");
        for corrected in ["2025-11-04", "2026-02-02"] {
            lab.tiingo.lists("AAPL").edit(corrected, |row| row.volume = Some("1".into()));
        }
        let new = lab.tiingo.expected("AAPL", "D", window.0, window.1);
        expect("the corrected candles", &new).is_not(&old)?;

        let deleting = lab.dynamodb.hold(on("BatchWriteItem").nth(2));
        let writing = lab.dynamodb.hold(on("BatchWriteItem").nth(4));
        let invalidating = server.begin_invalidation(Some("AAPL"));
        expect("a third of the old candles is gone", deleting.arrived(1).await).is(true)?;
        let either = |candles: &Vec<_>| *candles == old || *candles == new;
        let first = writer.ask(ask.clone()).await?.candles()?;
        expect("candles read while some are gone", first).holds("all old or all new", either)?;
        expect("a third of the new ones is in their place", writing.arrived(1).await).is(true)?;
        let mixed = reader.ask(ask.clone()).await?.candles()?;
        expect("candles read from what is half old, half new", mixed).holds("all old or all new", either)?;
        let kept = server.ask(ask.clone()).await?.candles()?;
        expect("candles of the instance that invalidates", kept).holds("all old or all new", either)?;
        deleting.open();
        expect("status of the invalidation", invalidating.answer().await?.status).is(200)?;
        writing.open();
        for instance in [&server, &writer, &reader] {
            instance.idle().await?;
            expect("candles when all is done", instance.ask(ask.clone()).await?.candles()?).is(new.clone())?;
        }

        let server = lab.another_server_with([("OHLC_LOCK_POLL_EVERY", "10ms")]).await?;
        overtaken(lab, &server, "MSFT", false).await?;
        overtaken(lab, &server, "NVDA", true).await?;
    }
}

/// Invalidates while an outdated answer of the provider is on its way, and asks again: `at_once`, or after that answer
/// has arrived.
async fn overtaken(lab: &Lab, server: &Server, ticker: &str, at_once: bool) -> Verdict {
    let ask = ohlc(ticker).range("1W");
    let candles = || lab.tiingo.expected(ticker, "D", "2026-01-27", "2026-02-03");
    lab.tiingo.lists(ticker).since("2020-01-02");
    let old = candles();
    let gate = lab.tiingo.hold_answers_about(ticker);
    let first = server.begin(ask.clone());
    expect("the provider is asked", gate.arrived(1).await).is(true)?;
    expect("status of the invalidation", server.invalidate(Some(ticker)).await?.status).is(200)?;
    lab.tiingo.lists(ticker).edit("2026-02-02", |row| row.volume = Some("1".into()));

    let misses = "CacheMiss{layer=\"in-memory\"}";
    let before = server.metrics().await?.count(misses);
    let second = at_once.then(|| server.begin(ask.clone()));
    let all_in = server.has_counted(misses, before + u64::from(at_once)).await?;
    expect("everyone is in", all_in).is(true)?;
    gate.open();
    expect("candles asked for before", first.answer().await?.candles()?).is(old)?;
    if let Some(second) = second {
        expect("candles asked for at once afterwards", second.answer().await?.candles()?).is(candles())?;
    }
    server.idle().await?;
    expect("candles asked for later", server.ask(ask).await?.candles()?).is(candles())
}
