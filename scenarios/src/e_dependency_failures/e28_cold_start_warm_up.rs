use harness::faults::{ErrorAnswer, on};
use harness::{expect, ohlc, scenario};

scenario! {
    E28 P1 "A new instance's first reads of a DynamoDB that is warming up are retried and open no breaker"
    from ["decisions.md#dynamodb-attempts"]
    needs [SeveralInstances, OwnEnvironment, Metrics]
    catches ["failed-call-not-sent-again"]
    async fn cold_start_warm_up(lab: &mut Lab) {
        let tickers = ["AAPL", "MSFT", "GOOG"];
        let before = lab.server().await?;
        for ticker in tickers {
            lab.tiingo.lists(ticker).since("2020-01-02");
            before.ask(ohlc(ticker).range("1W")).await?.comes_from("tiingo")?;
        }
        before.idle().await?;
        // Nobody but the table knows them from now on: nothing is written between the reads, which would end a series
        // of failures.
        for ticker in tickers {
            lab.tiingo.delists(ticker);
        }

        let mut answers = Vec::new();
        let started = lab.another_server_with([("OHLC_BATCH_BACKOFF", "1ms")]).await?;
        for ticker in tickers {
            let throttled = lab.dynamodb.inject(on("Query").first(1), ErrorAnswer::throttled());
            answers.push(started.ask(ohlc(ticker).range("1W")).await?);
            expect("reads that were throttled", throttled.applied()).is(1)?;
        }
        expect("openings of the breaker", started.metrics().await?.count("CircuitBreakerOpen")).is(0)?;
        for answer in answers {
            answer.comes_from("dynamodb")?;
        }
    }
}
