use harness::{expect, ohlc, scenario};

use crate::layers::Layers;

/// Early closes, and sessions beside them that close as usual: what is early has changed with the years.
const CLOSES: [(&str, usize); 19] = [
    ("1990-07-03", 7),
    ("1990-12-24", 5), // until 1992 an early close was at 14:00
    ("1991-07-05", 7),
    ("1991-11-29", 7),
    ("1992-11-27", 5),
    ("1993-11-26", 4),
    ("1995-07-03", 4),
    ("1996-07-03", 7),
    ("1996-07-05", 4),
    ("1997-12-26", 4),
    ("1998-12-31", 7),
    ("1999-12-31", 4),
    ("2002-07-03", 7),
    ("2002-07-05", 4),
    ("2003-12-26", 4),
    ("2008-12-26", 7),
    ("2012-07-03", 4),
    ("2013-07-03", 4),
    ("2013-07-05", 7),
];

scenario! {
    G3 P2 required "The day after Thanksgiving is whole with 42 five-minute bars, and each early close with its own number"
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

        for (day, bars) in CLOSES {
            let reply = server.ask(ohlc("KO").between(day, day).resolution("60")).await?.comes_from("tiingo")?;
            expect(format!("hours of {day}"), reply.candles()?.len()).is(bars)?;
        }
        server.idle().await?;
        let stored: usize = CLOSES.iter().map(|(_, bars)| bars).sum();
        expect("items stored of all early closes", lab.table.items_under("KO#tiingo").await?.len()).is(stored)?;
    }
}
