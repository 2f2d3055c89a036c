use harness::{expect, ohlc, scenario};

scenario! {
    A9 P2 "A second instance with another time zone, locale and host name reads what the first one wrote"
    from ["decisions.md#market-day", "decisions.md#partition-key"]
    needs [Clock, SeveralInstances, OwnEnvironment]
    catches ["date-of-local-time-zone", "partition-key-with-host-name"]
    async fn consistent_across_cold_starts(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        // 17:00 on Tuesday in New York is Wednesday morning in Auckland.
        let here = [("TZ", "America/New_York"), ("LANG", "en_US.UTF-8"), ("HOSTNAME", "ip-10-0-0-1")];
        let there = [("TZ", "Pacific/Auckland"), ("LANG", "mi_NZ.UTF-8"), ("HOSTNAME", "ip-10-0-9-9")];

        let first = lab.another_server_with(here).await?;
        let written = first.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        first.idle().await?;
        let second = lab.another_server_with(there).await?;
        let read = second.ask(ohlc("AAPL").range("1W")).await?.comes_from("dynamodb")?;

        expect("the second instance's key", read.cache_key()).is(written.cache_key())?;
        expect("its candles", read.candles_text()?).is(written.candles_text()?)?;
        expect("provider calls in all", lab.tiingo.calls().len()).is(1)?;
    }
}
