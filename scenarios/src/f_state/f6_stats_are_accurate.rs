use harness::observe::journal::Party;
use harness::providers::sessions_between;
use harness::{Lab, expect, ohlc, scenario};

scenario! {
    F6 P2 "Hits, misses and evictions in the statistics are those that the journal shows"
    from ["contract.md#statistics", "decisions.md#later-looks-counted"]
    needs [Clock, OwnEnvironment]
    catches ["replaced-answers-count-as-evicted", "every-look-counted"]
    async fn stats_are_accurate(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.tiingo.lists("MSFT").since("2020-01-02");
        let server = lab.another_server_with([("OHLC_L1_ENTRIES", "8")]).await?;
        server.ask(ohlc("AAPL").range("1M")).await?.comes_from("tiingo")?;
        server.ask(ohlc("AAPL").range("1M")).await?.comes_from("in-memory")?;
        server.idle().await?;
        lab.time_is("2026-02-03T23:30:00Z"); // past memory's hour: another answer takes the place of this one
        server.ask(ohlc("AAPL").range("1M")).await?.comes_from("dynamodb")?;
        expect("evictions by then", server.statistic("in_memory_evictions").await?).is(0)?;
        for session in sessions_between("2026-01-08", "2026-01-30") {
            let ask = ohlc("AAPL").between(session.date, session.date);
            server.ask(ask.clone()).await?.comes_from("dynamodb")?;
            server.ask(ask).await?;
        }
        server.ask(ohlc("MSFT").range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;

        let sources = sources(lab);
        let from = |source: &str| sources.iter().filter(|from| *from == source).count();
        let (memory, table, provider) = (from("in-memory"), from("dynamodb"), from("tiingo"));
        let entries = server.statistic("in_memory_entries").await?.as_i64().unwrap_or_default();
        // Each answer that was not in memory is put there, one of them in the place of an older one. Less than none is a
        // server's mistake, too.
        let evictions = (table + provider) as i64 - 1 - entries;
        expect("evictions, as the journal has them", evictions).holds("some", |count| *count > 0)?;
        for (statistic, count) in [
            ("in_memory_hits", memory as i64),
            ("in_memory_misses", (table + provider) as i64),
            ("dynamodb_hits", table as i64),
            ("dynamodb_misses", provider as i64),
            ("in_memory_evictions", evictions),
        ] {
            expect(statistic, server.statistic(statistic).await?).is(count)?;
        }
    }
}

/// The source of each answer with candles, from the journal.
fn sources(lab: &Lab) -> Vec<String> {
    let answers = lab.journal.to(Party::Server).into_iter().filter(|call| call.subject.contains("/ohlc"));
    let sources = answers.filter_map(|call| Some(call.answer?.body["source"].as_str()?.to_owned()));
    sources.collect()
}
