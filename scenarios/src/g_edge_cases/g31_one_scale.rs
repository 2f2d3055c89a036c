use harness::providers::Listing;
use harness::{Ask, Lab, Verdict, expect, ohlc, scenario};

use crate::vocabulary::new_instance::asked_anew;

/// A split or a dividend on a day, in the provider's words.
type Action = fn(Listing, &str);

/// Each kind of them, with a ticker for each place in time that it may have.
const ACTIONS: [(Action, [&str; 6]); 2] = [
    (|listing, day| _ = listing.splits(day, 4), ["AAPL", "ABT", "ACN", "ADBE", "AMD", "AMGN"]),
    (|listing, day| _ = listing.pays(day, "0.0001"), ["MSFT", "MCD", "MDT", "MMM", "MO", "MRK"]),
];

/// Two windows that share half, of which the second one lies later.
const FIRST: (&str, &str) = ("2026-01-20", "2026-01-29");
const SECOND: (&str, &str) = ("2026-01-26", "2026-02-03");

scenario! {
    G31 P1 "With a split or a dividend between two fetches every answer is on one scale, wherever the day lies on which it takes effect, and on that of after it once a fetch has shown it; without one nothing is fetched again"
    from ["decisions.md#one-scale", "decisions.md#latest-action", "decisions.md#several-fetches", "decisions.md#adjusted-prices"]
    needs [Clock, SeveralInstances]
    catches [
        "one-fetch-alone", "scale-not-looked-at", "ex-date-overlooked", "old-scale-served", "fetch-on-the-ex-date-trusted",
        "any-action-outdates-all", "last-action-told-counts",
    ]
    async fn one_scale(lab: &mut Lab) {
        for (acts, [after_both, at_the_border, before_both, never, alone, late]) in ACTIONS {
            // Between the fetches, on a day that neither window has.
            lab.tiingo.lists(after_both).since("2020-01-02");
            asked_at(lab, "2026-02-03T22:00:00Z", after_both, FIRST, "tiingo").await?;
            acts(lab.tiingo.lists(after_both), "2026-02-04");
            asked_at(lab, "2026-02-04T22:00:00Z", after_both, SECOND, "tiingo").await?;
            asked_at(lab, "2026-02-04T22:01:00Z", after_both, FIRST, "tiingo").await?;
            asked_at(lab, "2026-02-04T22:02:00Z", after_both, SECOND, "dynamodb").await?;
            asked_at(lab, "2026-02-04T22:03:00Z", after_both, FIRST, "dynamodb").await?;

            // Between them, on the first day that only the second one has, and so late on it that the first one knew nothing.
            lab.tiingo.lists(at_the_border).since("2020-01-02");
            asked_at(lab, "2026-02-04T20:00:00Z", at_the_border, ("2026-01-26", "2026-02-03"), "tiingo").await?;
            acts(lab.tiingo.lists(at_the_border), "2026-02-04");
            asked_at(lab, "2026-02-04T22:00:00Z", at_the_border, ("2026-02-04", "2026-02-04"), "tiingo").await?;
            asked_at(lab, "2026-02-04T22:01:00Z", at_the_border, ("2026-01-30", "2026-02-04"), "tiingo").await?;
            asked_at(lab, "2026-02-04T22:02:00Z", at_the_border, ("2026-01-30", "2026-02-04"), "dynamodb").await?;

            // Before both, on a day that both have; and never.
            acts(lab.tiingo.lists(before_both).since("2020-01-02"), "2026-01-28");
            lab.tiingo.lists(never).since("2020-01-02");
            for ticker in [before_both, never] {
                asked_at(lab, "2026-02-03T22:00:00Z", ticker, FIRST, "tiingo").await?;
                asked_at(lab, "2026-02-04T22:00:00Z", ticker, SECOND, "tiingo").await?;
                asked_at(lab, "2026-02-05T22:00:00Z", ticker, FIRST, "dynamodb").await?;
                asked_at(lab, "2026-02-05T22:00:00Z", ticker, SECOND, "dynamodb").await?;
            }

            // After the only fetch of the days of before it; and what another fetch shows then is an earlier one.
            let january = ("2026-01-12", "2026-01-16");
            acts(lab.tiingo.lists(alone).since("2020-01-02"), "2026-01-28");
            asked_at(lab, "2026-02-03T22:00:00Z", alone, january, "tiingo").await?;
            acts(lab.tiingo.lists(alone), "2026-02-04");
            asked_at(lab, "2026-02-04T22:00:00Z", alone, ("2026-02-03", "2026-02-04"), "tiingo").await?;
            asked_at(lab, "2026-02-04T22:01:00Z", alone, ("2026-01-26", "2026-01-30"), "tiingo").await?;
            asked_at(lab, "2026-02-04T22:02:00Z", alone, january, "tiingo").await?;
            asked_at(lab, "2026-02-05T22:00:00Z", alone, january, "dynamodb").await?;

            // The same day, at an hour at which the provider did not adjust for it yet.
            lab.tiingo.lists(late).since("2020-01-02");
            asked_at(lab, "2026-02-04T20:00:00Z", late, january, "tiingo").await?;
            acts(lab.tiingo.lists(late), "2026-02-04");
            asked_at(lab, "2026-02-04T22:00:00Z", late, ("2026-02-03", "2026-02-04"), "tiingo").await?;
            asked_at(lab, "2026-02-05T22:00:00Z", late, january, "tiingo").await?;
            asked_at(lab, "2026-02-06T22:00:00Z", late, january, "dynamodb").await?;
        }
    }
}

/// A new instance is asked for daily candles at an instant; what it serves is on the scale of that day.
async fn asked_at(lab: &mut Lab, now: &str, ticker: &str, (first, last): (&str, &str), source: &str) -> Verdict {
    lab.time_is(now);
    let ask: Ask = ohlc(ticker).between(first, last);
    for reply in asked_anew(lab, &ask, source).await? {
        let what = format!("candles of {ticker} from {first} to {last} at {now} from {}", reply.source());
        expect(what, reply.candles()?).is(lab.tiingo.expected(ticker, "D", first, last))?;
    }
    Ok(())
}
