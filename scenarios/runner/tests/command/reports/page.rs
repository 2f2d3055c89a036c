//! The page for a browser: it stands alone, says what a failure was, and trusts no text.

use candlecheck::SEED;
use harness::dynamodb::Tier;
use harness::outcome::Outcome;
use harness::report::{html, json};
use serde_json::Value;

use super::{HOSTILE, every_kind, failing, report, scenario};
use crate::binary::candlecheck;

/// The page loads nothing and runs nothing.
fn stands_alone(page: &str) {
    for lead in ["<script", "src=", "@import", "url(", "<link rel=\"stylesheet", "href=\"http", "href=\"//", "<iframe"]
    {
        assert!(!page.contains(lead), "{lead} in the page");
    }
    let links: Vec<&str> = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(links.contains(&"data:,"), "{links:?}");
    for link in links.iter().filter_map(|link| link.strip_prefix('#')) {
        assert!(page.contains(&format!("id=\"{link}\"")), "nothing is called {link}");
    }
}

#[test]
fn the_page_of_a_run_that_went_well_names_everything_and_is_short() {
    let run = candlecheck(&["verify", "--only", "A3,A4", "--format", "html"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let page = run.stdout;
    stands_alone(&page);
    let a3 = scenario("A3");
    let seed = SEED.to_string();
    let tier = Tier::embedded();
    let said = ["All is as it should be", &tier.facts().name, &seed, "<code>aapl</code> after", a3.catches[0]];
    for words in said.into_iter().chain(["<caption>2 of 2 scenarios passed", "catches 1 of 1 defect"]) {
        assert!(page.contains(words), "no {words:?}");
    }
    assert!(!page.contains("What needs attention") && !page.contains("class=\"sequence\""), "a fuss about nothing");
    let style = page.split("</style>").next().unwrap().len();
    assert!(page.len() - style < 6_000, "{} characters about two scenarios that passed", page.len() - style);
}

#[test]
fn the_page_of_a_failure_shows_what_was_wanted_what_came_and_the_calls() {
    let report = report(vec![failing()]);
    let Outcome::Failed(failure) = &report.entries[0].run.outcome else { panic!("{:?}", report.entries[0].run) };
    let page = html::render(&report);
    stands_alone(&page);
    let again = report.again("A3");
    let expected = failure.expected.replace('"', "&quot;");
    let cited = "decisions.md, Ticker: “A ticker is made upper case";
    let said = [&failure.what, &expected, &again, cited, "1 scenario failed", "a server &lt;of ours&gt;"];
    for words in said.into_iter().chain(["client", "Tiingo", "GET #1 /api/v2/tickers/aapl/ohlc", "The same as text"]) {
        assert!(page.contains(words), "no {words:?}");
    }
    // A call and its answer are an arrow each, and each call has its number at both.
    let journal = &report.entries[0].run.journal;
    let answers = journal.iter().filter(|exchange| exchange.answer.is_some()).count();
    assert!(journal.len() > 3, "{journal:?}");
    assert_eq!(page.matches("<circle").count(), journal.len() + answers);
    assert!(page.matches(&format!(">{}</text>", journal.len())).count() >= 1);
}

#[test]
fn no_text_of_a_run_becomes_markup() {
    let page = html::render(&every_kind());
    stands_alone(&page);
    let escaped = "&lt;script&gt;alert(1)&lt;/script&gt;&amp;";
    // In three fields of a failure, two causes, and the words of three proofs, some of which are shown twice.
    assert!(page.matches(escaped).count() >= 8, "{} times", page.matches(escaped).count());
    assert_eq!(page.matches("</style>").count(), 1);
    let kinds = ["set-up failed", "harness broken", "result inconclusive", "catches 1 of 3 defects, 1 not run"];
    for words in kinds.into_iter().chain(["the target lacks clock control, dropping L1"]) {
        assert!(page.contains(words), "no {words:?}");
    }
    let counted: Value = serde_json::from_str(&json::render(&every_kind())).unwrap();
    assert_eq!(counted["scenarios"][0]["proofs"][1]["about"].as_str().unwrap(), format!("{HOSTILE} of a-missed-one"));
}
