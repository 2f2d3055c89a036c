//! `verify --matrix`: a row a defect, shards that share the rows, and what goes with it or not.

use serde_json::{Value, json};

use crate::binary::candlecheck;

fn rows(document: &Value) -> Vec<String> {
    document["matrix"].as_array().unwrap().iter().map(|row| row["defect"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_json_matrix_tells_who_claims_and_who_catches_and_progress_goes_elsewhere() {
    let arguments =
        ["verify", "--matrix", "--only", "A1,A3,A10", "--defects", "ticker-case-kept,cache-key-without-date"];
    let run = candlecheck(&[&arguments[..], &["--format", "json", "--seed", "7"]].concat());
    assert_eq!(run.code, Some(0), "{run:?}");
    let document = run.json();
    let summary = json!({"defects": 2, "scenarios": 3, "claims": 2, "claims_missed": 0, "claims_unclear": 0});
    assert_eq!((&document["summary"], &document["seed"]), (&summary, &json!(7)));
    assert_eq!(rows(&document), ["cache-key-without-date", "ticker-case-kept"]);
    let row = &document["matrix"][0];
    assert_eq!((&row["claimed_by"], &row["caught_by"]), (&json!(["A1"]), &json!(["A1", "A10"])));
    assert!(row["about"].is_string(), "{row:#}");
    assert_eq!(document["findings"]["left_to_their_claimants"], json!(["ticker-case-kept"]));
    assert!(run.stderr.ends_with("candlecheck: 9 of 9 runs, 0:00 min left\n"), "{}", run.stderr);

    let people = candlecheck(&arguments).stdout;
    for words in ["cache-key-without-date", "A1 A10", "Each of 2 claims holds", "2 defects against 3 scenarios"] {
        assert!(people.contains(words), "no {words:?} in {people}");
    }
    let page = candlecheck(&[&arguments[..], &["--format", "html"]].concat()).stdout;
    for words in ["<!DOCTYPE html>", "<code>cache-key-without-date</code>", "A1 A10", "Each of 2 claims holds"] {
        assert!(page.contains(words), "no {words:?} in {page}");
    }
    for lead in ["<script", "src=", "@import", "url("] {
        assert!(!page.contains(lead), "{lead} in the page");
    }
}

#[test]
fn shards_of_a_matrix_share_the_defects_and_keep_every_scenario() {
    let mut all = Vec::new();
    let defects = ["no-ceiling", "prices-through-f32", "ticker-case-kept"];
    for shard in ["1/2", "2/2"] {
        let names = defects.join(",");
        let run = candlecheck(&[
            "verify",
            "--matrix",
            "--only",
            "A3,G14",
            "--defects",
            &names,
            "--shard",
            shard,
            "--format",
            "json",
        ]);
        let document = run.json();
        assert_eq!(document["summary"]["scenarios"], json!(2), "{document:#}");
        all.extend(rows(&document));
    }
    all.sort();
    assert_eq!(all, defects);
}

#[test]
fn what_does_not_go_with_a_matrix_is_refused() {
    for (arguments, says) in [
        (["--matrix", "--format", "junit"].as_slice(), "use --format human, json or html"),
        (&["--matrix", "--defects", "nope"], "unknown defect `nope` in --defects"),
        (&["--matrix", "--no-proofs"], "cannot be used with"),
        (&["--matrix", "--only", "A99"], "unknown scenario `A99` in --only"),
        (&["--matrix", "--only", "A3", "--priority", "P3"], "nothing is selected"),
        (&["--matrix", "--only", "A3", "--defects", "no-ceiling", "--shard", "2/2"], "nothing is selected"),
        (&["--defects", "no-ceiling"], "--matrix"),
    ] {
        let refused = candlecheck(&[&["verify"], arguments].concat());
        assert_eq!((refused.code, refused.stdout.as_str()), (Some(2), ""), "{arguments:?}: {refused:?}");
        assert!(refused.stderr.contains(says), "no {says:?} for {arguments:?} in {refused:?}");
    }
}
