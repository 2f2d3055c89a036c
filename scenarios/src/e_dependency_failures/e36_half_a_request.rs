use std::time::Duration;

use harness::{TOKEN, expect, ohlc, scenario};

/// How long a client waits for what should come at once.
const AT_ONCE: Duration = Duration::from_secs(5);

scenario! {
    E36 P1 "Half a request ends after its time, an idle connection after its own, and SIGTERM within its bound whatever clients do, with the last metrics out"
    from ["decisions.md#heads", "decisions.md#idle-connections", "decisions.md#most-connections", "decisions.md#bounded-stop"]
    needs [OwnEnvironment, Logs, Metrics]
    catches [
        "clients-have-all-the-time", "idle-connections-kept", "heads-of-any-size", "connections-without-number",
        "stops-when-clients-let-it",
    ]
    async fn half_a_request(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let time = lab.time();
        let server = lab.another_server_with(time.shortened([("OHLC_HEAD_TIMEOUT", 300), ("OHLC_IDLE_TIMEOUT", 900)])).await?;
        let bearer = format!("Bearer {TOKEN}");
        let head = server.head("GET", "/api/v2/tickers/AAPL/ohlc?range=1W", &[("authorization", bearer.as_str())])?;

        let mut kept = server.connect().await?;
        for source in ["tiingo", "in-memory"] {
            kept.sends(&head).await;
            kept.answer_within(AT_ONCE).await?.comes_from(source)?;
        }
        let mut silent = server.connect().await?;
        let mut half = server.connect().await?;
        half.sends(&head[..40]).await;
        // Its second request is half of one.
        let mut relapsed = server.connect().await?;
        relapsed.sends(&head).await;
        relapsed.answer_within(AT_ONCE).await?.comes_from("in-memory")?;
        relapsed.sends(&head[..40]).await;
        let mut slow = server.connect().await?;

        let a_heads_time = time.exactly_or_at_most(10_000, 3_000);
        let ended = slow.trickles(&head[..30], time.milliseconds(1_000, 30)).await?;
        expect("how long a head may trickle", ended.after).lies_in(&a_heads_time)?;
        for (what, client) in [("nothing", &mut silent), ("half a head", &mut half), ("another half", &mut relapsed)] {
            let ended = client.ends_within(AT_ONCE).await?;
            expect(format!("how long a connection with {what} is kept"), ended.after).lies_in(&a_heads_time)?;
        }
        let ended = kept.ends_within(Duration::from_secs(55)).await?;
        expect("how long an idle connection is kept", ended.after).lies_in(&time.exactly_or_at_most(60_000, 5_000))?;
        let mut large = server.connect().await?;
        large.sends(head.replace("\r\n\r\n", &format!("\r\nX-Large: {}\r\n\r\n", "x".repeat(20_000)))).await;
        expect("the status of a large head", large.answer_within(AT_ONCE).await?.status).is(431)?;

        let settings = time.shortened([("OHLC_SHUTDOWN_TIMEOUT", 500)]);
        let own = [("OHLC_CONNECTIONS", "2".to_owned()), ("OHLC_HEAD_TIMEOUT", "1h".to_owned())];
        let small = lab.another_server_with(settings.into_iter().chain(own)).await?;
        let (mut first, mut second) = (small.connect().await?, small.connect().await?);
        for client in [&mut first, &mut second] {
            client.sends(&head).await;
            expect("the status while there is room", client.answer_within(AT_ONCE).await?.status).is(200)?;
        }
        let mut third = small.connect().await?;
        third.sends(&head).await;
        let waits = third.hears_nothing_for(time.milliseconds(1_000, 100)).await?;
        expect("whether a client waits for whom there is no room", waits).is(true)?;
        drop(first);
        expect("the status when there is room again", third.answer_within(AT_ONCE).await?.status).is(200)?;

        // It is told to stop while a client is in the middle of a head, for which this server gives an hour.
        drop((second, third));
        let mut last = small.connect().await?;
        last.sends(&head[..40]).await;
        small.ask(ohlc("AAPL").range("1M")).await?.comes_from("tiingo")?;
        let took = lab.stops_within(&small, Duration::from_secs(22)).await?;
        let took = expect("the end of a server that was told to stop", took).is_there()?;
        expect("how long it took", took).lies_in(&time.exactly_or_at_most(20_000, 5_000))?;
        let counted = small.logged_metrics().count("ProviderRequests");
        expect("ProviderRequests in the last metrics", counted).is(1)?;
    }
}
