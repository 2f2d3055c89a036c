use harness::providers::Row;
use harness::{expect, ohlc, scenario};

scenario! {
    B17 P1 "A bar that begins inside a bucket, as the last trade does, is neither served nor stored; the finished day is a hit for the next instance, also when the providers are down, with its bars after hours"
    from ["decisions.md#bucket-of", "decisions.md#out-of-hours", "decisions.md#missing"]
    needs [Clock, SeveralInstances]
    catches ["bar-of-no-bucket-counts-as-closed", "odd-bar-served-for-a-while", "bars-out-of-hours-dropped", "bars-out-of-hours-final-at-once"]
    async fn odd_bar(lab: &mut Lab) {
        let bar = |start: &str| Row::new(start, "10", "11", "9", "10", "1");
        let server = lab.server().await?;
        let day = |ticker, resolution| ohlc(ticker).between("2026-02-03", "2026-02-03").resolution(resolution);
        for (source, ticker) in [("tiingo", "AAPL"), ("finnhub", "MSFT")] {
            if source == "finnhub" {
                lab.tiingo.unavailable();
            }
            let listed = || lab.tiingo.lists(ticker).since("2020-01-02");
            // 11:02:17 in New York, and the provider shows the last trade as a bar; its hours begin at half past.
            lab.time_is("2026-02-03T16:02:17Z");
            let halves = ["2026-02-03T15:30:00Z", "2026-02-03T16:30:00Z"];
            listed().adds("5", [bar("2026-02-03T16:02:11Z")]).adds("60", halves.map(bar));
            for resolution in ["5", "60"] {
                let reply = server.ask(day(ticker, resolution)).await?.comes_from(source)?;
                let expected = lab.tiingo.expected(ticker, resolution, "2026-02-03", "2026-02-03");
                expect(format!("{resolution} of {source} at 11:02"), reply.candles()?).is(expected)?;
            }
            server.idle().await?;

            // In the evening the last trade is another one, and bars after hours have come, two of which are still open.
            lab.time_is("2026-02-03T22:07:00Z");
            let late = ["2026-02-03T21:00:00Z", "2026-02-03T22:00:00Z", "2026-02-03T22:05:00Z", "2026-02-03T22:06:48Z"];
            listed().adds("5", late.map(bar)).adds("60", [late[0], late[1], "2026-02-03T21:30:00Z"].map(bar));
            for (resolution, open) in [("5", "22:05:00Z"), ("60", "22:00:00Z")] {
                let reply = server.ask(day(ticker, resolution)).await?.comes_from(source)?;
                let expected = lab.tiingo.expected(ticker, resolution, "2026-02-03", "2026-02-03");
                let last = expected.last().map(|candle| candle.time.clone()).unwrap_or_default();
                expect(format!("the last bar at {resolution}"), last.as_str()).is(format!("2026-02-03T{open}"))?;
                expect(format!("{resolution} of {source} at 17:07"), reply.candles()?).is(expected)?;
                server.idle().await?;
                let items = lab.table.items_under(&format!("{ticker}#{source}")).await?;
                let mine = items.iter().filter(|item| item.s("SK").is_some_and(|key| key.starts_with(resolution)));
                let unfinished = mine.filter(|item| item.bool("is_closed") == Some(false)).filter_map(|item| item.s("SK"));
                let key = format!("{resolution}#2026-02-03T{open}");
                expect(format!("bars stored as unfinished at {resolution}"), unfinished.collect::<Vec<_>>()).is([key])?;
            }
        }

        // Bars after hours that a later fetch of a longer window lacks do not keep that one from being whole.
        lab.tiingo.recovers();
        let after_hours = ["2026-02-03T21:00:00Z", "2026-02-03T21:05:00Z"].map(bar);
        lab.tiingo.lists("GOOG").since("2020-01-02").adds("5", after_hours);
        let fetched = server.ask(day("GOOG", "5")).await?.comes_from("tiingo")?;
        expect("bars of a day with its bars after hours", fetched.candles()?.len()).is(78 + 2)?;
        server.idle().await?;
        lab.tiingo.lists("GOOG").adds("5", []);
        lab.time_is("2026-02-03T22:07:30Z");
        let two_days = ohlc("GOOG").between("2026-02-02", "2026-02-03").resolution("5");
        server.ask(two_days.clone()).await?.comes_from("tiingo")?;
        server.idle().await?;
        let stored = lab.another_server().await?.ask(two_days).await?.comes_from("dynamodb")?;
        let expected = lab.tiingo.expected("GOOG", "5", "2026-02-02", "2026-02-03");
        expect("bars of two days without", stored.candles()?).is(expected)?;

        lab.tiingo.unavailable();
        lab.finnhub.unavailable();
        for (now, open_bars) in [("2026-02-03T22:08:00Z", true), ("2026-02-04T01:00:00Z", false)] {
            lab.time_is(now);
            let next = lab.another_server().await?;
            for (ticker, resolution, open) in
                [("AAPL", "5", "22:05:00Z"), ("AAPL", "60", "22:00:00Z"), ("MSFT", "5", "22:05:00Z"), ("MSFT", "60", "22:00:00Z")]
            {
                let reply = next.ask(day(ticker, resolution)).await?.comes_from("dynamodb")?;
                let mut expected = lab.tiingo.expected(ticker, resolution, "2026-02-03", "2026-02-03");
                expected.retain(|candle| open_bars || !candle.time.ends_with(open));
                expect(format!("{resolution} of {ticker} at {now}"), reply.candles()?).is(expected)?;
            }
        }
    }
}
