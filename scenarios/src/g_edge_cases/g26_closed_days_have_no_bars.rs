use harness::dynamodb::Item;
use harness::providers::Row;
use harness::{expect, ohlc, scenario};

/// A Saturday, and Martin Luther King Jr. Day.
const CLOSED: [&str; 2] = ["2026-01-17", "2026-01-19"];

scenario! {
    G26 P1 "Rows of a Saturday and of a holiday are neither served nor stored, in whatever window, so that two windows never disagree about a day"
    from ["decisions.md#bucket-of", "contract.md#no-trading"]
    needs [Clock, DropL1]
    catches ["bar-of-no-bucket-counts-as-closed", "sessions-every-weekday", "sessions-every-day-of-the-week"]
    async fn closed_days_have_no_bars(lab: &mut Lab) {
        let server = lab.server().await?;
        for (source, ticker) in [("tiingo", "AAPL"), ("finnhub", "MSFT")] {
            if source == "finnhub" {
                lab.tiingo.unavailable();
            }
            let row = |at: String| Row::new(at.as_str(), "10", "11", "9", "10", "1");
            let days = CLOSED.map(|day| row(day.to_owned()));
            let hours = CLOSED.map(|day| row(format!("{day}T16:00:00Z")));
            lab.tiingo.lists(ticker).since("2020-01-02").adds("D", days).adds("60", hours);
            for (resolution, bars) in [("D", 4), ("60", 4 * 7)] {
                let window = |first, last| ohlc(ticker).between(first, last).resolution(resolution);
                let week = server.ask(window("2026-01-15", "2026-01-21")).await?.comes_from(source)?;
                expect(format!("bars of the week at {resolution}"), week.candles()?.len()).is(bars)?;
                let expected = lab.tiingo.expected(ticker, resolution, "2026-01-15", "2026-01-21");
                expect(format!("the bars at {resolution}"), week.candles()?).is(expected)?;
                server.idle().await?;

                // What an older server may have left there.
                let start = if resolution == "D" { "2026-01-17T00:00:00Z" } else { "2026-01-17T16:00:00Z" };
                let item = Item::keyed(format!("{ticker}#{source}"), format!("{resolution}#{start}"));
                let item = ["open", "high", "low", "close", "volume"].iter().fold(item, |item, name| item.with_n(name, "10"));
                let item = item.with_s("fetched_at", "2026-01-18T00:00:00Z").with_bool("is_closed", true).with_n("ExpiresAt", "1777000000");
                lab.table.put(item).await?;

                server.drop_l1().await?;
                let again = server.ask(window("2026-01-15", "2026-01-21")).await?.comes_from("dynamodb")?;
                expect(format!("the bars' bytes at {resolution}"), again.candles_text()?).is(week.candles_text()?)?;
                let part = server.ask(window("2026-01-16", "2026-01-20")).await?.comes_from("dynamodb")?;
                let expected = lab.tiingo.expected(ticker, resolution, "2026-01-16", "2026-01-20");
                expect(format!("the bars of a part of it at {resolution}"), part.candles()?).is(expected)?;
                for closed in CLOSED {
                    let none = server.ask(window(closed, closed)).await?.comes_from("none")?;
                    expect(format!("bars of {closed} alone"), none.candles()?.len()).is(0)?;
                }
                lab.table.delete(&format!("{ticker}#{source}"), &format!("{resolution}#{start}")).await?;
            }
            let items = lab.table.items_under(&format!("{ticker}#{source}")).await?;
            let of_closed_days = items.iter().filter_map(|item| item.s("SK")).filter(|key| CLOSED.iter().any(|day| key.contains(day)));
            expect("items of closed days", of_closed_days.count()).is(0)?;
        }
    }
}
