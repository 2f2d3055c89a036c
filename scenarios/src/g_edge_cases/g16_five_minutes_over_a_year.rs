use harness::{expect, ohlc, scenario};
use serde_json::Value;

scenario! {
    G16 P3 required "Five-minute candles over a year are a 400 that names the limit and the resolution that fits, never a clipped answer"
    needs []
    catches ["windows-of-any-length", "windows-silently-clipped"]
    async fn five_minutes_over_a_year(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        let too_long = [
            ("1", "1M", "7", "5"),
            ("5", "1Y", "30", "D"),
            ("15", "6M", "90", "60"),
            ("30", "6M", "90", "60"),
            ("60", "1Y", "180", "D"),
        ];
        for (resolution, range, limit, fits) in too_long {
            let reply = server.ask(ohlc("AAPL").range(range).resolution(resolution)).await?;
            expect(format!("status of {range} at resolution={resolution}"), reply.status).is(400)?;
            expect("code", reply.field("code")).is("window_too_long")?;
            let Value::String(sentence) = reply.field("error") else { continue };
            expect("a sentence with the limit", &sentence)
                .holds(limit, |sentence| sentence.contains(&format!("{limit} days")))?;
            expect("and with what fits", &sentence)
                .holds(fits, |sentence| sentence.contains(&format!("resolution={fits}")))?;
        }
        expect("provider calls", lab.tiingo.calls().len()).is(0)?;
    }
}
