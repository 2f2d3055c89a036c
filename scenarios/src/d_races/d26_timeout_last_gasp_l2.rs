use harness::faults::on;
use harness::{band, expect, milliseconds, ohlc, scenario};

use crate::vocabulary::deadline::{short, from_last_look_to_answer};

scenario! {
    D26 P2 "Past the deadline with nothing in memory, DynamoDB is asked once more for 100 ms; giving up on it does not count as a failure"
    from ["decisions.md#last-look", "decisions.md#at-hand"]
    needs [SeveralInstances, OwnEnvironment]
    catches ["no-last-look", "last-look-without-end"]
    async fn timeout_last_gasp_l2(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let writer = lab.server().await?;
        let table = [("OHLC_DYNAMODB_TIMEOUT", milliseconds(2_000))];
        let server = lab.another_server_with(short().into_iter().chain(table)).await?;
        let fetched = writer.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        writer.idle().await?;
        let gate = lab.dynamodb.hold(on("Query").pk("AAPL#tiingo").first(1));
        let stale = server.ask(ohlc("AAPL").range("1W")).await?.comes_from("stale")?;
        expect("first looks that are still held", gate.arrivals()).is(1)?;
        expect("its candles", stale.candles_text()?).is(fetched.candles_text()?)?;

        // The last look is held too, for 100 ms; DynamoDB's own timeout would be two seconds.
        let gate = lab.dynamodb.hold(on("Query").pk("MSFT#tiingo"));
        let nothing = server.ask(ohlc("MSFT").range("1W")).await?;
        expect("status", nothing.status).is(503)?;
        expect("looks, the first and the last", gate.arrivals()).is(2)?;
        let took = expect("a last look", from_last_look_to_answer(lab, "MSFT#tiingo")).is_there()?;
        expect("the time from there to the answer", took).is_at_most(band(1_000))?;
        gate.open();

        let gate = lab.dynamodb.hold(on("Query"));
        let asked = ["AMZN", "META"].map(|ticker| server.begin(ohlc(ticker).range("1W")));
        expect("that both of two requests look into the table", gate.arrived(2).await).is(true)?;
        gate.open();
        for asking in asked {
            asking.answer().await?;
        }
    }
}
