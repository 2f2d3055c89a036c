use harness::faults::{TruncatedPages, on};
use harness::{expect, ohlc, scenario};

use crate::vocabulary::metrics;

scenario! {
    M4 P1 "A truncated Query page is one CachePaginationTruncation"
    from ["decisions.md#next-page", "decisions.md#alarm-worth"]
    needs [DropL1, Logs, Metrics]
    catches ["cut-pages-not-counted", "alarms-counted-twice", "pagination-ignored"]
    async fn truncation_metric(lab: &mut Lab) {
        lab.tiingo.lists("AAPL").since("2020-01-02");
        let server = lab.server().await?;
        let whole = server.ask(ohlc("AAPL").range("1M")).await?.comes_from("tiingo")?;
        server.idle().await?;
        server.drop_l1().await?;
        let before = server.metrics().await?.count("CachePaginationTruncation");
        expect("CachePaginationTruncation while all is well", before).is(0)?;

        let cut = lab.dynamodb.inject(on("Query").first(1), TruncatedPages::of(12));
        let paged = server.ask(ohlc("AAPL").range("1M")).await?;
        expect("pages that were cut", cut.applied()).is(1)?;
        let counted = metrics::in_the_end(lab, &server, "CachePaginationTruncation").await?;
        expect("CachePaginationTruncation, on /metrics and in the log", counted).is([1, 1])?;
        expect("the candles", paged.comes_from("dynamodb")?.candles_text()?).is(whole.candles_text()?)?;
    }
}
