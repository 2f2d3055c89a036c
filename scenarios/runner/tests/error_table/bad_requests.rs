//! 400: what is asked for is not valid. The sentence names it and a valid example; nobody is asked, nothing is lost.

use harness::observe::journal::Peer;
use harness::{Verdict, expect, ohlc};

use crate::refusal::{Refusal, get, world};

/// Requests that one refusal is for: what follows `/api/v2/tickers/`.
struct Refused {
    refusal: Refusal,
    paths: &'static [&'static str],
}

const fn refused(
    code: &'static str,
    field: Option<&'static str>,
    says: &'static [&'static str],
    paths: &'static [&'static str],
) -> Refused {
    Refused { refusal: Refusal { status: 400, code, field, says }, paths }
}

const TICKER: Option<&str> = Some("ticker");
const RANGE: Option<&str> = Some("range");
const RESOLUTION: Option<&str> = Some("resolution");
const START: Option<&str> = Some("start_date");
const END: Option<&str> = Some("end_date");
/// What every refusal of a date shows.
const DATES: &str = "start_date=2026-01-05&end_date=2026-02-03";

const TABLE: [Refused; 17] = [
    refused(
        "invalid_ticker",
        TICKER,
        &["ticker `", "1 to 5 letters", "AAPL or BRK.B"],
        &[
            "/ohlc",
            "GOOGLE/ohlc",
            "A1/ohlc",
            "BRK./ohlc",
            "BRK.BBB/ohlc",
            "BRK.B.C.D/ohlc",
            "%20AAPL/ohlc",
            "AAPL%20/ohlc",
            "AAPL%00/ohlc",
            "AAPL%0A/ohlc",
            "AAPL%23D/ohlc",
            "AAPL%3AD/ohlc",
            "AAPL%2FD/ohlc",
            "%C3%84%C3%96/ohlc",
            "ÄÖ/ohlc",
            // A long s, which upper case would make an S of; wide letters; no UTF-8 at all.
            "%C5%BFPY/ohlc",
            "%EF%BC%A1%EF%BC%A1/ohlc",
            "%FF/ohlc",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/ohlc",
        ],
    ),
    refused(
        "invalid_range",
        RANGE,
        &["not one of 1D, 1W, 1M, 3M, 6M, YTD, 1Y and 5Y", "range=1M"],
        &[
            "AAPL/ohlc?range=2W",
            "AAPL/ohlc?range=1m",
            "AAPL/ohlc?range=%201M",
            "AAPL/ohlc?range=custom",
            "AAPL/ohlc?range=",
            "AAPL/ohlc?range",
        ],
    ),
    refused(
        "invalid_range",
        RANGE,
        &["more than once", "range=1M"],
        &["AAPL/ohlc?range=1M&range=1W", "AAPL/ohlc?range=1M&range=1M"],
    ),
    refused(
        "invalid_range",
        RANGE,
        &["one or the other", "range=1M"],
        &[
            "AAPL/ohlc?range=1M&start_date=2026-01-05&end_date=2026-02-03",
            "AAPL/ohlc?range=1M&start_date=2026-01-05",
            "AAPL/ohlc?range=1M&end_date=2026-02-03",
        ],
    ),
    refused(
        "invalid_resolution",
        RESOLUTION,
        &["not one of 1, 5, 15, 30, 60 and D", "resolution=D"],
        &[
            "AAPL/ohlc?resolution=5m",
            "AAPL/ohlc?resolution=d",
            "AAPL/ohlc?resolution=1440",
            "AAPL/ohlc?resolution=05",
            "AAPL/ohlc?resolution=",
        ],
    ),
    refused("invalid_resolution", RESOLUTION, &["more than once"], &["AAPL/ohlc?resolution=D&resolution=5"]),
    refused("invalid_date", END, &["end_date is missing", "both", DATES], &["AAPL/ohlc?start_date=2026-01-05"]),
    refused("invalid_date", START, &["start_date is missing", "both", DATES], &["AAPL/ohlc?end_date=2026-01-05"]),
    refused(
        "invalid_date",
        START,
        &["after end_date", DATES],
        &["AAPL/ohlc?start_date=2026-01-06&end_date=2026-01-05"],
    ),
    refused(
        "invalid_date",
        START,
        &["not a date of the calendar", DATES],
        &[
            "AAPL/ohlc?start_date=2025-02-29&end_date=2026-02-03",
            "AAPL/ohlc?start_date=2026-1-5&end_date=2026-02-03",
            "AAPL/ohlc?start_date=20260105&end_date=2026-02-03",
            "AAPL/ohlc?start_date=%2B026-01-05&end_date=2026-02-03",
            "AAPL/ohlc?start_date=-001-01-05&end_date=2026-02-03",
            "AAPL/ohlc?start_date=yesterday&end_date=2026-02-03",
            "AAPL/ohlc?start_date=&end_date=2026-02-03",
        ],
    ),
    refused(
        "invalid_date",
        END,
        &["not a date of the calendar", DATES],
        &[
            "AAPL/ohlc?start_date=2026-01-05&end_date=2026-02-30",
            "AAPL/ohlc?start_date=2026-01-05&end_date=2026-13-01",
            "AAPL/ohlc?start_date=2026-01-05&end_date=2026-02-03T00:00:00Z",
            "AAPL/ohlc?start_date=2026-01-05&end_date=%EF%BC%92026-02-03",
            "AAPL/ohlc?start_date=2026-01-05&end_date=",
        ],
    ),
    refused(
        "invalid_date",
        START,
        &["more than once"],
        &["AAPL/ohlc?start_date=2026-01-05&start_date=2026-01-06&end_date=2026-02-03"],
    ),
    // It is February 4th in UTC by then, but not in New York.
    refused("future_date", END, &["2026-02-03"], &["AAPL/ohlc?start_date=2026-01-05&end_date=2026-02-04"]),
    refused("future_date", START, &["2026-02-03"], &["AAPL/ohlc?start_date=2026-02-04&end_date=2026-02-05"]),
    refused(
        "unknown_parameter",
        None,
        &["parameter `", "range", "resolution", "start_date", "range=1M&resolution=D"],
        &[
            "AAPL/ohlc?interval=1M",
            "AAPL/ohlc?Range=1M",
            "AAPL/ohlc?=1M",
            "AAPL/ohlc?range=1M&utm_source=mail",
            "AAPL/ohlc?%FF=1",
            "AAPL/ohlc?aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=1",
        ],
    ),
    refused(
        "window_too_long",
        RESOLUTION,
        &["365 days", "resolution=5", "30 days", "resolution=D"],
        &["AAPL/ohlc?range=1Y&resolution=5"],
    ),
    refused(
        "window_too_long",
        RESOLUTION,
        &["30 days", "resolution=1,", "7 days", "resolution=5"],
        &["AAPL/ohlc?resolution=1"],
    ),
];

#[tokio::test]
async fn bad_requests_are_refused_with_a_valid_example_and_nothing_is_lost() -> Verdict {
    let mut lab = world().await?;
    lab.time_is("2026-02-04T02:00:00Z");
    lab.tiingo.lists("AAPL").since("2020-01-02");
    let server = lab.server().await?;
    let before = server.ask(ohlc("AAPL")).await?.comes_from("tiingo")?;
    server.idle().await?;
    let stored = lab.table.items().await?;
    let calls = lab.journal.to(Peer::DynamoDb).len();

    for Refused { refusal, paths } in &TABLE {
        for path in *paths {
            refusal.judge(path, &get(&server, &format!("/api/v2/tickers/{path}")).await?)?;
        }
    }
    expect("provider calls", lab.tiingo.calls().len()).is(1)?;
    expect("calls to DynamoDB", lab.journal.to(Peer::DynamoDb).len()).is(calls)?;
    expect("the table", lab.table.items().await? == stored).is(true)?;
    let after = server.ask(ohlc("AAPL")).await?.comes_from("in-memory")?;
    expect("the candles", after.candles_text()?).is(before.candles_text()?)?;
    Ok(lab.close().await?)
}

#[tokio::test]
async fn a_ticker_in_percent_encoding_is_the_same_ticker() -> Verdict {
    let mut lab = world().await?;
    lab.tiingo.lists("BRK-B").since("2025-12-01");
    let server = lab.server().await?;
    let plain = get(&server, "/api/v2/tickers/BRK.B/ohlc").await?.comes_from("tiingo")?;
    let encoded = get(&server, "/api/v2/tickers/%62r%4B%2E%42/ohlc").await?.comes_from("in-memory")?;
    expect("the key", encoded.cache_key()).is(plain.cache_key())?;
    Ok(lab.close().await?)
}
