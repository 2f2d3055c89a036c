//! Wrong usage: exit code 2, a sentence that says what to do, and nothing on standard output.

use crate::binary::candlecheck;

/// Arguments, and what the refusal says.
const WRONG: [(&[&str], &str); 35] = [
    (&["prove"], "unrecognized subcommand 'prove'"),
    (&["verify", "A3"], "unexpected argument 'A3'"),
    (&["verify", "--frobnicate"], "unexpected argument '--frobnicate'"),
    (&["verify", "--only"], "a value is required for '--only <IDS>'"),
    (&["verify", "--only", "NOPE"], "unknown scenario `NOPE` in --only: `candlecheck list` shows all IDs"),
    (&["verify", "--only", "A3,A99"], "unknown scenario `A99` in --only"),
    (&["verify", "--only", ""], "unknown scenario `` in --only"),
    (&["verify", "--priority", "P9"], "unknown priority `P9`: expected P0, P1, P2 or P3"),
    (&["verify", "--only", "A3", "--priority", "P3"], "nothing is selected, so nothing would be tested"),
    (&["verify", "--only", "A3", "--shard", "2/2"], "nothing is selected, so nothing would be tested"),
    (&["verify", "--shard", "3/2"], "must be between 1 and the number of parts, for example 1/4"),
    (&["verify", "--shard", "0/2"], "must be between 1 and the number of parts, for example 1/4"),
    (&["verify", "--shard", "1/0"], "must be between 1 and the number of parts, for example 1/4"),
    (&["verify", "--shard", "half"], "for example 1/4"),
    (&["verify", "--jobs", "0"], "0 is not in 1..=256"),
    (&["verify", "--seed", "chance"], "invalid value 'chance' for '--seed"),
    (&["verify", "--format", "pdf"], "[possible values: human, json, junit, html]"),
    (&["verify", "--dynamodb", "floppy"], "invalid value 'floppy' for '--dynamodb"),
    (&["verify", "--dynamodb", "floppy"], "give embedded, container, aws, or the URL of a DynamoDB"),
    (&["verify", "--only", "A3", "--table", "mine"], "leave out --table, or give --dynamodb URL"),
    (&["verify", "--target", "nowhere"], "unknown target `nowhere`: expected in-process, process, or a TOML file"),
    (&["verify", "--target", "http://127.0.0.1:9"], "describe the server in a file, see harness/docs/targets.md"),
    (&["verify", "--target", "process", "--matrix"], "leave out --target process"),
    (&["sanity"], "<URL>"),
    (&["sanity", "somewhere"], "somewhere: not a valid URL; for example https://ohlc.example.com"),
    (&["sanity", "http://ohlc.example.com"], "would send the token unencrypted; use https://"),
    (&["sanity", "ftp://ohlc.example.com"], "not an HTTP address; use https://"),
    (&["sanity", "https://ohlc.example.com/?range=1W"], "give the address of the server, without a query"),
    (&["serve-defect", "nope"], "there is no defect nope"),
    (&["verify", "--out", ""], "a value is required for '--out <PATH>'"),
    (&["list", "--format", "pdf"], "[possible values: human, json, markdown"),
    (&["rules", "--format", "json"], "unexpected argument '--format'"),
    (&["serve", "--port", "99999"], "99999 is not in 0..=65535"),
    (&["serve", "--port", "http"], "invalid value 'http' for '--port"),
    (&["serve", "now"], "unexpected argument 'now'"),
];

#[test]
fn wrong_usage_says_what_is_right() {
    for (arguments, says) in WRONG {
        let refused = candlecheck(arguments);
        assert_eq!((refused.code, refused.stdout.as_str()), (Some(2), ""), "{arguments:?}: {refused:?}");
        assert!(refused.stderr.contains(says), "no {says:?} for {arguments:?} in {refused:?}");
    }
}

#[test]
fn the_version_is_told() {
    let version = candlecheck(&["--version"]);
    assert_eq!((version.code, version.stderr.as_str()), (Some(0), ""));
    assert_eq!(version.stdout, concat!("candlecheck ", env!("CARGO_PKG_VERSION"), "\n"));
}
