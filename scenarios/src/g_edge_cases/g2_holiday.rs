use chrono::{Datelike, NaiveDate};
use harness::providers::sessions_between;
use harness::{expect, ohlc, scenario};

/// Sessions that a wrong holiday rule would skip: from before Martin Luther King Jr. Day and Juneteenth were observed, from
/// after election days no longer were, and Fridays in spring other than Good Friday.
const NO_HOLIDAYS: [&str; 9] = [
    "1978-11-07",
    "1984-11-06",
    "1992-11-03",
    "1997-01-20",
    "2000-11-07",
    "2021-06-18",
    "2021-06-21",
    "2026-03-27",
    "2026-04-10",
];

scenario! {
    G2 P2 "A holiday is like a weekend: the observed July 4th, Good Friday, Juneteenth, the elections of 1976 and 1980, and all others since 1990"
    from ["contract.md#no-trading", "decisions.md#sessions"]
    needs [Clock]
    catches ["sessions-every-weekday"]
    async fn holiday(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("1976-01-02");
        lab.time_is("2026-07-06T22:00:00Z");
        let server = lab.server().await?;
        for holiday in ["2026-07-03", "2026-04-03", "2026-06-19", "2025-07-04", "1980-11-04", "1976-11-02"] {
            let reply = server.ask(ohlc("AAPL").between(holiday, holiday)).await?.comes_from("none")?;
            expect(format!("candles of {holiday}"), reply.candles()?.len()).is(0)?;
        }
        for closed in weekdays_without_trading("1990-01-02", "2026-07-02") {
            server.ask(ohlc("AAPL").between(closed, closed)).await?.comes_from("none")?;
        }
        server.idle().await?;
        expect("provider calls", lab.tiingo.calls().len() + lab.finnhub.calls().len()).is(0)?;
        expect("items stored", lab.table.items().await?.len()).is(0)?;

        for session in NO_HOLIDAYS {
            server.ask(ohlc("AAPL").between(session, session)).await?.comes_from("tiingo")?;
        }
    }
}

/// The days between two sessions, without either.
fn weekdays_without_trading(first: &str, last: &str) -> Vec<NaiveDate> {
    let gaps = sessions_between(first, last).windows(2);
    let days = gaps.flat_map(|gap| gap[0].date.iter_days().skip(1).take_while(move |day| *day < gap[1].date));
    days.filter(|day| day.weekday().number_from_monday() <= 5).collect()
}
