use harness::{expect, ohlc, scenario};

use crate::vocabulary::expiry::{LONG, seconds_left};

scenario! {
    C1 P1 "ExpiresAt of finished candles is 90 days after the request"
    from ["decisions.md#ttl-finished", "decisions.md#item-expiry"]
    needs [Clock]
    catches ["historical-ttl-of-a-day"]
    async fn historical_90_days(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        server.ask(ohlc("AAPL").between("2025-06-02", "2025-06-06")).await?.comes_from("tiingo")?;
        server.idle().await?;
        for day in 2..=6 {
            let left = seconds_left(lab, "AAPL#tiingo", &format!("D#2025-06-0{day}T00:00:00Z")).await?;
            expect("seconds until it expires", left).is(LONG)?;
        }
    }
}
