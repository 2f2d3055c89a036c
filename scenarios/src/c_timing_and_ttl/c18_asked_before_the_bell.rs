use harness::providers::Row;
use harness::{expect, ohlc, scenario};

/// When a week is asked for, when its answer comes, whose it is, and what it is about.
const EARLY: [(&str, &str, &str, &str); 4] = [
    ("2026-02-03T13:00:00Z", "2026-02-03T13:00:00.250Z", "tiingo", "AAPL"), // 08:00 in New York
    ("2026-02-03T13:00:01Z", "2026-02-03T13:00:01.250Z", "finnhub", "MSFT"),
    ("2026-02-03T14:29:58Z", "2026-02-03T14:30:00.500Z", "tiingo", "AMZN"), // across the bell
    ("2026-02-03T14:29:59Z", "2026-02-03T14:30:00.750Z", "finnhub", "META"),
];

scenario! {
    C18 P0 "A daily row of a session that had not begun when it was asked for is left out, also if it comes after the bell; one of a session that had not ended is never final"
    from ["decisions.md#bucket-of", "decisions.md#frozen-request", "decisions.md#unfinished-bars"]
    needs [Clock, SeveralInstances]
    catches ["bar-of-no-bucket-counts-as-closed", "row-shown-early-is-served", "unfinished-bar-counts-as-closed"]
    async fn asked_before_the_bell(lab: &mut Lab) {
        let server = lab.server().await?;
        let week = |ticker| ohlc(ticker).between("2026-01-27", "2026-02-03");
        for (asked, answered, source, ticker) in EARLY {
            let early = Row::new("2026-02-03", "10", "11", "9", "10", "1");
            lab.tiingo.lists(ticker).since("2020-01-02").adds("D", [early]);
            if source == "finnhub" {
                lab.tiingo.unavailable();
            }
            let provider = if source == "finnhub" { &lab.finnhub } else { &lab.tiingo };
            lab.time_is(asked);
            let gate = provider.hold_answers_about(ticker);
            let asking = server.begin(week(ticker));
            expect("the provider is asked", gate.arrived(1).await).is(true)?;
            lab.time_is(answered);
            gate.open();
            let reply = asking.answer().await?.comes_from(source)?;
            let last = reply.candles()?.pop().map(|candle| candle.time);
            expect(format!("the last day, asked at {asked}"), last.as_deref()).is(Some("2026-02-02"))?;
            server.idle().await?;
            let items = lab.table.items_under(&format!("{ticker}#{source}")).await?;
            let of_today = items.iter().filter(|item| item.s("SK") == Some("D#2026-02-03T00:00:00Z"));
            expect(format!("bars of today stored, asked at {asked}"), of_today.count()).is(0)?;
            lab.tiingo.lists(ticker).adds("D", []);
            lab.tiingo.recovers();
        }

        // While the session trades the bar forms; after the close it is final, and so it stays.
        for (now, source) in [
            ("2026-02-03T15:00:00Z", "tiingo"),
            ("2026-02-03T20:58:00Z", "tiingo"),
            ("2026-02-03T21:00:01Z", "tiingo"),
            ("2026-02-03T23:00:00Z", "dynamodb"),
            ("2026-02-04T15:00:00Z", "dynamodb"),
        ] {
            lab.time_is(now);
            let server = lab.another_server().await?;
            for ticker in ["AAPL", "AMZN"] {
                let reply = server.ask(week(ticker)).await?.comes_from(source)?;
                let expected = lab.tiingo.expected(ticker, "D", "2026-01-27", "2026-02-03");
                expect(format!("the bars of {ticker} at {now}"), reply.candles()?).is(expected)?;
            }
            server.idle().await?;
        }
    }
}
