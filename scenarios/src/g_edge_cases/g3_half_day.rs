use harness::{expect, ohlc, scenario};

use crate::vocabulary::layers::Layers;

/// Early closes, and neighbouring sessions that close as usual, because the rule has changed over the years. Each with
/// its number of hourly bars, of which the first covers half an hour, and the hour of its close in UTC.
const CLOSES: [(&str, usize, u32); 20] = [
    ("1990-07-03", 7, 20),
    ("1990-12-24", 5, 19), // until 1992 an early close was at 14:00
    ("1991-07-05", 7, 20),
    ("1991-11-29", 7, 21),
    ("1992-11-27", 5, 19),
    ("1993-11-26", 4, 18),
    ("1995-07-03", 4, 17),
    ("1996-07-03", 7, 20),
    ("1996-07-05", 4, 17),
    ("1997-12-26", 4, 18),
    ("1998-12-31", 7, 21),
    ("1999-12-31", 4, 18),
    ("2002-07-03", 7, 20),
    ("2002-07-05", 4, 17),
    ("2003-12-26", 4, 18),
    ("2008-12-26", 7, 21),
    ("2012-07-03", 4, 17),
    ("2013-07-03", 4, 17),
    ("2013-07-05", 7, 20),
    ("2024-12-24", 4, 18),
];

scenario! {
    G3 P2 "The day after Thanksgiving is complete with 42 five-minute bars, and each early close with its own number"
    from ["decisions.md#sessions", "decisions.md#missing"]
    needs [Clock, DropL1]
    catches ["ttl-blind-to-early-closes"]
    async fn half_day(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        lab.tiingo.lists("KO").since("1990-01-02");
        lab.time_is("2025-12-01T15:00:00Z");
        let server = lab.server().await?;
        let layers = Layers::of(&server, ohlc("AAPL").between("2025-11-28", "2025-11-28").resolution("5")).await?;
        for (layer, reply) in layers.each() {
            expect(format!("bars {layer}"), reply.candles()?.len()).is(42)?;
        }
        // Nothing was missing, so nothing had to be recorded as absent.
        expect("items stored", lab.table.items_under("AAPL#tiingo").await?.len()).is(42)?;

        for (day, bars, _) in CLOSES {
            let reply = server.ask(ohlc("KO").between(day, day).resolution("60")).await?.comes_from("tiingo")?;
            expect(format!("hours of {day}"), reply.candles()?.len()).is(bars)?;
        }
        server.idle().await?;
        let stored: usize = CLOSES.iter().map(|(_, bars, _)| bars).sum();
        expect("items stored of all early closes", lab.table.items_under("KO#tiingo").await?.len()).is(stored)?;

        for (day, _, hour) in CLOSES {
            lab.time_is(format!("{day}T{}:59:00Z", hour - 1).as_str());
            let reply = server.ask(ohlc("KO").between(day, day).resolution("30")).await?;
            let close = format!("{day}T{hour}:00:00Z");
            expect("until when an answer of the last minute is fresh", reply.field("cache_expires_at")).is(close)?;
        }
    }
}
