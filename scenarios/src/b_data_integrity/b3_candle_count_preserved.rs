use harness::providers::sessions_between;
use harness::{Ask, Lab, Server, Verdict, expect, for_all, ohlc, scenario};

use crate::vocabulary::layers::Layers;
use crate::vocabulary::tickers::tickers;

scenario! {
    B3 P0 "All N candles written are read again, also around batches of 25"
    from ["decisions.md#batches"]
    needs [Clock, DropL1]
    catches ["first-batch-only", "batch-edge-dropped"]
    async fn candle_count_preserved(lab: &mut Lab) {
        let server = lab.server().await?;
        let mut tickers = tickers('N');
        let mut next = || tickers.next().unwrap_or_else(|| "N".into());
        for count in [1, 24, 25, 26, 100] {
            counts(lab, &server, &next(), count).await?;
        }
        for_all(lab, 4, 2_usize..130, async |lab, count| counts(lab, &server, &next(), count).await).await?;

        // 2,000 minutes: five sessions of 390, and the first 50 of a sixth.
        lab.time_is("2026-02-03T15:19:30Z");
        preserved(lab, &server, "MANY", ohlc("MANY").range("1W").resolution("1"), 2_000).await?;
    }
}

/// A window of the last `count` sessions.
async fn counts(lab: &mut Lab, server: &Server, ticker: &str, count: usize) -> Verdict {
    let sessions = sessions_between("2025-01-02", "2026-02-03");
    let first = sessions[sessions.len() - count].date;
    preserved(lab, server, ticker, ohlc(ticker).between(first, "2026-02-03"), count).await
}

async fn preserved(lab: &mut Lab, server: &Server, ticker: &str, ask: Ask, count: usize) -> Verdict {
    lab.tiingo.lists(ticker).since("2020-01-02");
    let layers = Layers::of(server, ask).await?;
    for (layer, reply) in layers.each() {
        expect(format!("candles {layer}"), reply.candles()?.len()).is(count)?;
        expect(format!("the count {layer}"), reply.field("count")).is(count)?;
    }
    let stored = lab.table.items_under(&format!("{ticker}#tiingo")).await?;
    expect("candles stored", stored.iter().filter(|item| item.n("open").is_some()).count()).is(count)
}
