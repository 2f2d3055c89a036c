use harness::faults::{DropConnection, everything};
use harness::{expect, ohlc, scenario};

scenario! {
    E9 P1 "After its connections to DynamoDB are reset, the client uses DynamoDB again at the next request"
    from ["decisions.md#dynamodb-connections"]
    needs [DropL1, OwnEnvironment]
    catches ["dynamodb-client-poisoned"]
    async fn client_recovers(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.another_server_with([("OHLC_DYNAMODB_ATTEMPTS", "1")]).await?;
        let ask = ohlc("AAPL").range("1W");
        server.ask(ask.clone()).await?.comes_from("tiingo")?;
        server.idle().await?;
        server.drop_l1().await?;

        let reset = lab.dynamodb.inject(everything().first(1), DropConnection);
        server.ask(ask.clone()).await?.comes_from("tiingo")?;
        server.idle().await?;
        expect("connections that were reset", reset.applied()).is(1)?;
        server.drop_l1().await?;
        server.ask(ask).await?.comes_from("dynamodb")?;
    }
}
