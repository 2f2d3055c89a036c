use harness::faults::{TruncatedPages, on};
use harness::{expect, ohlc, scenario};

scenario! {
    B10 P1 "A truncated Query page is never served as the whole answer, and is reported"
    from ["decisions.md#next-page"]
    needs [DropL1, Logs, Metrics]
    catches ["pagination-ignored", "first-page-taken-as-complete"]
    async fn truncated_page_detected(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        let whole = server.ask(ohlc("AAPL").range("1M")).await?.comes_from("tiingo")?;
        server.idle().await?;
        server.drop_l1().await?;

        lab.dynamodb.inject(on("Query"), TruncatedPages::of(7));
        let paged = server.ask(ohlc("AAPL").range("1M")).await?;
        expect("pages that were cut", lab.dynamodb.faults_applied()).is_not(0)?;
        expect("the candles", paged.candles_text()?).is(whole.candles_text()?)?;
        expect("CachePaginationTruncation", server.metrics().await?.count("CachePaginationTruncation")).is_not(0)?;
        let errors = server.logs().await?.into_iter().filter(|line| line["level"] == "ERROR").count();
        expect("error log lines", errors).is_not(0)?;
    }
}
