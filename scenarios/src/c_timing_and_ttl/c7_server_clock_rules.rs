use harness::{expect, ohlc, scenario};

use crate::vocabulary::expiry::{LONG, seconds_left};

scenario! {
    C7 P2 "A client's skewed Date header and a provider's timestamps change neither a TTL nor the day"
    from ["decisions.md#server-clock"]
    needs [Clock]
    catches ["time-of-the-client", "ttl-from-the-provider-s-timestamps"]
    async fn server_clock_rules(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        let skewed = ohlc("AAPL").range("1W").header("Date", "Fri, 30 Jan 2026 15:00:00 GMT");
        let reply = server.ask(skewed).await?.comes_from("tiingo")?;
        expect("the window's end", reply.field("end_date")).is("2026-02-03")?;
        server.idle().await?;
        for day in ["2026-01-27", "2026-02-03"] {
            let left = seconds_left(lab, "AAPL#tiingo", &format!("D#{day}T00:00:00Z")).await?;
            expect(format!("seconds until the bar of {day} expires"), left).is(LONG)?;
        }
    }
}
