use harness::faults::on;
use harness::{Lab, Verdict, expect, ohlc, scenario};

use crate::vocabulary::new_instance::asked_anew;

/// Who serves what, and what the days lack that both windows share.
const SERVED: [(&str, &str, &str, Option<&str>); 6] = [
    ("tiingo", "AAPL", "D", None),
    ("tiingo", "MSFT", "D", Some("2026-01-28")),
    ("tiingo", "AMZN", "60", None),
    ("tiingo", "NVDA", "30", Some("2026-01-28T16:00:00Z")),
    ("finnhub", "META", "60", None),
    ("finnhub", "TSLA", "15", Some("2026-01-28T16:15:00Z")),
];

scenario! {
    G30 P1 "A week and a custom range that shares half of it, asked in turn by new instances, cost one provider call each until they expire; each answer is whole, right, and as old as its oldest candle"
    from ["decisions.md#several-fetches", "decisions.md#newest-of-a-day", "decisions.md#one-scale", "decisions.md#explained"]
    needs [Clock, SeveralInstances]
    catches [
        "one-fetch-alone", "candles-of-several-fetches-served", "rounding-makes-two-scales", "age-of-the-newest-fetch",
        "fetch-of-no-window-joined",
    ]
    async fn overlapping_windows(lab: &mut Lab) {
        for (source, ticker, resolution, lacks) in SERVED {
            if source == "finnhub" {
                lab.tiingo.unavailable();
            }
            // A dividend of before both leaves its roundings in what their days were adjusted by.
            lab.tiingo.lists(ticker).since("2020-01-02").without(lacks).pays("2026-02-02", "0.003");
            let custom = ohlc(ticker).between("2026-01-20", "2026-01-29").resolution(resolution);
            let windows = [
                (custom.clone(), "2026-01-20", "2026-01-29"),
                (ohlc(ticker).range("1W").resolution(resolution), "2026-01-27", "2026-02-03"),
            ];
            for (turn, (ask, first, last)) in windows.iter().cycle().take(6).enumerate() {
                lab.time_is(format!("2026-02-03T22:{turn:02}:00Z").as_str());
                let from = if turn < 2 { source } else { "dynamodb" };
                // The custom range was fetched first, so that it is made of both.
                let age = if turn < 2 { 0 } else { 60 * (turn - turn % 2) };
                for reply in asked_anew(lab, ask, from).await? {
                    let of = |what| format!("{what} of {ticker} at {resolution} in turn {turn} from {}", reply.source());
                    expect(of("candles"), reply.candles()?).is(lab.tiingo.expected(ticker, resolution, *first, *last))?;
                    expect(of("age"), reply.header("x-cache-age")).is(age.to_string().as_str())?;
                    if turn % 2 == 0 {
                        expect(of("the end"), reply.field("cache_expires_at")).is("2026-05-04T22:00:00Z")?;
                    }
                }
            }
            let provider = if source == "finnhub" { &lab.finnhub } else { &lab.tiingo };
            let calls = provider.calls_about(ticker).len();
            expect(format!("provider calls about {ticker} at {resolution}"), calls).is(2)?;

            // A part of it expires, and so does the whole.
            for (now, from) in [("21:59:59", "dynamodb"), ("22:00:00", source), ("22:00:01", "dynamodb")] {
                lab.time_is(format!("2026-05-04T{now}Z").as_str());
                asked_anew(lab, &custom, from).await?;
            }
        }
        lab.tiingo.recovers();
        what_the_newer_fetch_lacked(lab).await?;
        half_of_a_newer_fetch(lab).await?;
        items_of_an_earlier_server(lab).await?;
    }
}

/// A candle that was good when the first window was fetched, and is bad by the next.
async fn what_the_newer_fetch_lacked(lab: &mut Lab) -> Verdict {
    for (ticker, resolution, bad) in [("GOOG", "D", "2026-01-28"), ("NFLX", "60", "2026-01-28T16:00:00Z")] {
        lab.tiingo.lists(ticker).since("2020-01-02");
        let month = ohlc(ticker).between("2026-01-05", "2026-01-30").resolution(resolution);
        lab.time_is("2026-02-03T22:00:00Z");
        asked_anew(lab, &month, "tiingo").await?;
        lab.time_is("2026-02-03T22:01:00Z");
        lab.tiingo.lists(ticker).edit(bad, |row| row.close = "0".to_owned());
        asked_anew(lab, &ohlc(ticker).range("1W").resolution(resolution), "tiingo").await?;
        lab.time_is("2026-02-03T22:02:00Z");
        for joined in asked_anew(lab, &month, "dynamodb").await? {
            let expected = lab.tiingo.expected(ticker, resolution, "2026-01-05", "2026-01-30");
            expect(format!("candles of {ticker} but for the bad one"), joined.candles()?).is(expected)?;
            // What is bad is asked for again, and so is what is made of it.
            expect("their end", joined.field("cache_expires_at")).is("2026-02-03T22:06:00Z")?;
        }
    }
    Ok(())
}

/// A reader of days of which half have been written anew.
async fn half_of_a_newer_fetch(lab: &mut Lab) -> Verdict {
    lab.tiingo.lists("ORCL").since("2020-01-02");
    let days = ohlc("ORCL").between("2026-01-20", "2026-01-29").resolution("15");
    lab.time_is("2026-02-03T22:00:00Z");
    asked_anew(lab, &days, "tiingo").await?;
    lab.time_is("2026-02-03T22:01:00Z");
    for corrected in ["2026-01-27T14:30:00Z", "2026-01-29T20:45:00Z"] {
        lab.tiingo.lists("ORCL").edit(corrected, |row| row.volume = Some("1".into()));
    }
    let (writer, reader) = (lab.another_server().await?, lab.another_server().await?);
    let gate = lab.dynamodb.hold(on("BatchWriteItem").nth(2));
    let writing = writer.begin(ohlc("ORCL").range("1W").resolution("15"));
    expect("the second batch is on its way", gate.arrived(1).await).is(true)?;
    let read = reader.ask(days).await?;
    let expected = lab.tiingo.expected("ORCL", "15", "2026-01-20", "2026-01-29");
    expect("candles of which half have been written anew", read.candles()?).is(expected)?;
    gate.open();
    writing.answer().await?.comes_from("tiingo")?;
    Ok(())
}

/// Items that do not say what their fetch asked for: those of one fetch are served, and none of another one beside them.
async fn items_of_an_earlier_server(lab: &mut Lab) -> Verdict {
    for (ticker, resolution) in [("INTC", "D"), ("CSCO", "60")] {
        lab.tiingo.lists(ticker).since("2020-01-02").without(["2026-02-02"]);
        let days = ohlc(ticker).between("2026-01-20", "2026-01-29").resolution(resolution);
        let week = ohlc(ticker).range("1W").resolution(resolution);
        for (minute, ask, source) in [
            (0, &days, "tiingo"),
            (1, &week, "tiingo"),
            // By now those that the week has left of the days are of an earlier server.
            (2, &days, "tiingo"),
            // By now all are.
            (3, &days, "dynamodb"),
            (4, &week, "tiingo"),
            (5, &week, "dynamodb"),
        ] {
            lab.time_is(format!("2026-02-03T22:0{minute}:00Z").as_str());
            let items = lab.table.items_under(&format!("{ticker}#tiingo")).await?;
            let before = items.into_iter().filter(|item| minute > 2 || item.s("fetched_at") == Some("2026-02-03T22:00:00Z"));
            let of_late = ["fetched_window", "adjusted_by", "on_ex_date"];
            lab.table.put_all(before.map(|item| of_late.iter().fold(item, |item, name| item.without(name)))).await?;
            asked_anew(lab, ask, source).await?;
        }
    }
    Ok(())
}
