use harness::faults::{ErrorAnswer, on};
use harness::{Credentials, expect, ohlc, scenario};

scenario! {
    E10 P1 "Expired AWS credentials are replaced without a failed request"
    from ["decisions.md#aws-credentials"]
    needs [OwnProcess, OwnEnvironment, DropL1, Metrics]
    catches ["credentials-read-once"]
    async fn credentials_refresh(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let agent = Credentials::of("AKIDFIRST").await;
        lab.keeps_secret("secret-of-AKIDFIRST");
        lab.keeps_secret("secret-of-AKIDSECOND");
        let url = agent.url();
        let elsewhere = [("AWS_ACCESS_KEY_ID", ""), ("AWS_SECRET_ACCESS_KEY", "")];
        let server = lab
            .another_server_with(elsewhere.into_iter().chain([("AWS_CONTAINER_CREDENTIALS_FULL_URI", url.as_str())]))
            .await?;
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("tiingo")?;
        server.idle().await?;

        agent.are_now_of("AKIDSECOND");
        let operations = on("Query").or("PutItem").or("DeleteItem").or("BatchWriteItem");
        let expired = lab.dynamodb.inject(operations.signed_with("AKIDFIRST"), ErrorAnswer::expired_credentials());
        server.drop_l1().await?;
        server.ask(ohlc("AAPL").range("1W")).await?.comes_from("dynamodb")?;
        server.ask(ohlc("AAPL").range("1M")).await?.comes_from("tiingo")?;
        server.idle().await?;
        expect("calls with the credentials that have expired", expired.applied()).is(0)?;
        expect("CacheError", server.metrics().await?.count("CacheError")).is(0)?;
    }
}
