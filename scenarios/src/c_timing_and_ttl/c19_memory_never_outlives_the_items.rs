use harness::faults::on;
use harness::{expect, ohlc, scenario};

scenario! {
    C19 P1 "Memory that was filled from the table forgets when the stored candles stop counting, and no unfinished bar answers after its bucket from either layer"
    from ["decisions.md#answer-expiry", "decisions.md#l1-expiry", "decisions.md#still-good", "decisions.md#flight-key"]
    needs [Clock, SeveralInstances]
    catches ["answer-outlives-its-candles", "l1-outlives-l2", "flight-shared-across-the-bell"]
    async fn memory_never_outlives_the_items(lab: &mut Lab) {
        let (writer, reader) = (lab.server().await?, lab.another_server().await?);
        for (source, ticker, first) in [("tiingo", "AAPL", "16:3"), ("finnhub", "MSFT", "17:3")] {
            lab.tiingo.lists(ticker).since("2020-01-02");
            if source == "finnhub" {
                lab.tiingo.unavailable();
            }
            // Daily bars, which form until the close: five minutes from their fetch, whoever asks in between.
            let week = ohlc(ticker).range("1W");
            for (minute, server, from) in [
                ("0:00", &writer, source),
                ("4:50", &reader, "dynamodb"),
                ("4:59", &reader, "in-memory"),
                ("4:59", &writer, "in-memory"),
                ("5:00", &reader, source),
                ("9:50", &writer, "dynamodb"),
                ("9:59", &writer, "in-memory"),
            ] {
                lab.time_is(format!("2026-02-03T{first}{minute}Z").as_str());
                server.ask(week.clone()).await?.comes_from(from)?;
                server.idle().await?;
            }
            // Bars of a minute: until the last one closes, or the one that was not there yet.
            let today = ohlc(ticker).range("1D").resolution("1");
            let hour = &first[..2];
            for (from_minute, absent) in [("50", false), ("52", true)] {
                if absent {
                    lab.tiingo.lists(ticker).without([format!("2026-02-03T{hour}:{from_minute}:00Z").as_str()]);
                }
                let next = from_minute.parse::<u32>().unwrap_or_default() + 1;
                for (minute, server, from) in [
                    (format!("{from_minute}:17"), &writer, source),
                    (format!("{from_minute}:40"), &reader, "dynamodb"),
                    (format!("{from_minute}:59"), &reader, "in-memory"),
                    (format!("{from_minute}:59"), &writer, "in-memory"),
                    (format!("{next}:00"), &reader, source),
                    (format!("{next}:30"), &writer, "dynamodb"),
                ] {
                    lab.time_is(format!("2026-02-03T{hour}:{minute}Z").as_str());
                    let reply = server.ask(today.clone()).await?.comes_from(from)?;
                    server.idle().await?;
                    let told = reply.field("cache_expires_at");
                    let end = if minute.starts_with(from_minute) { next } else { next + 1 };
                    expect(format!("its end at {minute}"), told).is(format!("2026-02-03T{hour}:{end}:00Z"))?;
                }
            }
        }

        // Who asks when a bar has closed does not share what is under way for who asked before.
        lab.tiingo.recovers();
        lab.tiingo.lists("AMZN").since("2020-01-02");
        lab.time_is("2026-02-03T20:59:59Z");
        let gate = lab.dynamodb.hold(on("Query").pk("AMZN#tiingo").first(1));
        let before = writer.begin(ohlc("AMZN").range("1W"));
        expect("a look before the close", gate.arrived(1).await).is(true)?;
        lab.time_is("2026-02-03T21:00:01Z");
        let after = writer.ask(ohlc("AMZN").range("1W")).await?.comes_from("tiingo")?;
        let expected = lab.tiingo.expected("AMZN", "D", "2026-01-27", "2026-02-03");
        expect("the bars that are served after it", after.candles()?).is(expected)?;
        expect("their end", after.field("cache_expires_at")).is("2026-02-04T14:30:00Z")?;
        gate.open();
        before.answer().await?;
    }
}
