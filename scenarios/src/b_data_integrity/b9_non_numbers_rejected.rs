use harness::{expect, ohlc, scenario};

/// What providers have sent in place of a price.
const NO_PRICES: [(&str, &str); 4] =
    [("2026-01-27", "NaN"), ("2026-01-28", "Infinity"), ("2026-01-29", "\"151.25\""), ("2026-01-30", "null")];

scenario! {
    B9 P1 "Candles with NaN, Infinity, a string or null as price, or a word as volume, are neither stored nor served; the others are served, and stand for the window for five minutes"
    from ["decisions.md#flaw", "decisions.md#salvage", "decisions.md#whole-window"]
    needs [Clock, DropL1]
    catches ["lenient-numbers", "one-bad-candle-empties-the-answer", "rejected-candles-taken-as-absent"]
    async fn non_numbers_rejected(lab: &mut Lab) {
        let listing = lab.tiingo.lists("AAPL").since("2020-01-02");
        NO_PRICES.into_iter().fold(listing, |listing, (date, text)| {
            listing.edit(date, move |row| {
                for price in [&mut row.open, &mut row.high, &mut row.low, &mut row.close] {
                    *price = text.into();
                }
            })
        });
        lab.tiingo.lists("AAPL").edit("2026-02-02", |row| row.volume = Some("\"many\"".into()));
        let server = lab.server().await?;
        let reply = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;
        let served: Vec<String> = reply.candles()?.into_iter().map(|candle| candle.time).collect();
        expect("the days served", served).is(["2026-02-03"])?;
        let items = lab.table.items_under("AAPL#tiingo").await?;
        expect("candles stored", items.iter().filter(|item| item.n("open").is_some()).count()).is(1)?;

        // It stands for its window for five minutes, in memory and in the table: the provider may mend it.
        lab.time_is("2026-02-03T22:05:00Z");
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;
        lab.time_is("2026-02-03T22:10:00Z");
        server.drop_l1().await?;
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
    }
}
