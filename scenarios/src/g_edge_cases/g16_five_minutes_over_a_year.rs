use harness::{expect, ohlc, scenario};
use serde_json::Value;

scenario! {
    G16 P3 "Five-minute candles over a year are a 400 that names the limit and the resolution that fits, never a clipped answer; each limit is exact to the day"
    from ["decisions.md#longest-window", "decisions.md#admit"]
    needs []
    catches ["windows-of-any-length", "windows-silently-clipped"]
    async fn five_minutes_over_a_year(lab: &mut Lab) {
        // Listed late, so that the windows that are allowed cost next to nothing.
        lab.tiingo.lists("AAPL").since("2026-02-02");
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

        // So many days back from February 3rd are allowed, and not one more.
        for (resolution, longest, one_more) in [
            ("1", "2026-01-27", "2026-01-26"),
            ("5", "2026-01-04", "2026-01-03"),
            ("15", "2025-11-05", "2025-11-04"),
            ("30", "2025-11-05", "2025-11-04"),
            ("60", "2025-08-07", "2025-08-06"),
            ("D", "2021-01-30", "2021-01-29"),
        ] {
            for (start, status) in [(longest, 200), (one_more, 400)] {
                let reply = server.ask(ohlc("AAPL").between(start, "2026-02-03").resolution(resolution)).await?;
                expect(format!("status of {resolution} since {start}"), reply.status).is(status)?;
                if let Value::String(sentence) = reply.field("error") {
                    let advice = "a shorter window";
                    expect("what to ask for instead", sentence).holds(advice, |sentence| sentence.contains(advice))?;
                }
            }
        }
    }
}
