use harness::faults::{ErrorAnswer, everything};
use harness::providers::sessions_between;
use harness::{band, expect, milliseconds, ohlc, scenario};

scenario! {
    E11 P1 "Each of 100 slow concurrent requests is answered, or refused with a Retry-After; none hangs"
    from ["decisions.md#ceiling", "decisions.md#comes-back"]
    needs [OwnEnvironment]
    catches ["unbounded-wait"]
    async fn pool_exhaustion(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let short = [("OHLC_PROVIDER_TIMEOUT", milliseconds(100)), ("OHLC_CEILING", milliseconds(1_000)), ("FINNHUB_API_KEY", String::new())];
        let server = lab.another_server_with(short).await?;
        // No table takes the load off the one provider, and half of its calls hang. Of the others some may time out,
        // too, on a machine that is busy with a hundred of them.
        lab.dynamodb.inject(everything(), ErrorAnswer::internal());
        lab.tiingo.hangs().for_calls(50);
        let days = sessions_between("2025-08-01", "2026-01-30").iter().map(|session| session.date);
        let asked: Vec<_> = days.take(100).map(|day| (day, server.begin(ohlc("AAPL").between(day, day)))).collect();
        expect("requests", asked.len()).is(100)?;
        for (day, asking) in asked {
            // Four times what the slowest may take: hanging is what is looked for, not slowness.
            let reply = asking.answer_within(band(4_000)).await?;
            expect("the status", reply.status).holds("200 or 503", |status| [200, 503].contains(status))?;
            match reply.status {
                200 => expect("candles", reply.candles()?).is(lab.tiingo.expected("AAPL", "D", day, day))?,
                _ => expect("Retry-After of a refusal", reply.header("retry-after")).is("5")?,
            }
        }
    }
}
