//! Every mistake in a file is told with the file, the field, and what to write.

use harness::targets::external::{Foreign, Undescribed};

use crate::described::{START, file, mistake};

/// After a start that lacks nothing: a text, the field that is named, and what is said.
const AFTER_A_START: [(&str, &str, &str); 22] = [
    (
        "[running]\nurl = \"u\"\nready = \"/\"\ntable = \"t\"\ndynamodb = \"d\"\ntiingo = \"t\"",
        "running",
        "leave one of them out",
    ),
    ("[authentication]", "authentication", "header = \"X-Api-Key\", or nobody = true"),
    ("[authentication]\nheader = \"X\"\nvalue = \"Bearer\"", "authentication.value", "value = \"Bearer {token}\""),
    (
        "[authentication]\nheader = \"X\"\ntoken = \"{env.MISSING}\"",
        "authentication.token",
        "MISSING, which is not set",
    ),
    ("[dialect.headers]\nX-Cache = \"a\"", "dialect.headers.X-Cache", "there are X-Cache-Source, X-Cache-Age"),
    ("[dialect.sources]\nmemory = \"a\"", "dialect.sources.memory", "there are in-memory, dynamodb"),
    ("[dialect.sources]\nstale = \"a\"\nnone = \"a\"", "dialect.sources.stale", "nobody could tell them apart"),
    ("[dialect.error]\ndetail = \"a\"", "dialect.error.detail", "there are error, code, field"),
    ("[dialect.attributes]\nttl = \"a\"", "dialect.attributes.ttl", "there are open, high"),
    ("[dialect.attributes]\nPK = \"pk\"", "dialect.attributes.PK", "the table's keys are PK and SK"),
    ("[dialect.body]\na = \"b\"", "unknown field `body`", "expected one of `headers`, `sources`"),
    ("[observe]\nlog = \"syslog\"", "unknown variant `syslog`", "expected `stdout` or `stderr`"),
    ("[observe]\nalarms = \"nowhere.json\"", "observe.alarms", "nowhere.json cannot be read"),
    ("[controls]\nsleep = { command = [\"true\"] }", "controls.sleep", "there are clock, drop_l1, idle"),
    ("[controls]\nclock = {}", "controls.clock", "give either an HTTP call"),
    ("[controls]\nidle = {}", "controls.idle", "or { when_answered = true }"),
    ("[controls]\ndrop_l1 = { when_answered = true }", "controls.drop_l1", "give either an HTTP call"),
    ("[controls]\nclock = { http = \"/test/clock\" }", "controls.clock", "http = \"POST /test/clock\""),
    ("[controls]\nclock = { http = \"POST /\", command = [\"true\"] }", "controls.clock", "give either an HTTP call"),
    ("[controls]\nclock = { command = [] }", "controls.clock", "is empty"),
    (
        "[controls]\nclock = { http = \"POST /{then}\" }",
        "controls.clock",
        "unknown placeholder {then}; there are {now}, {url}",
    ),
    ("[controls]\nclock = { posts = \"/\" }", "unknown field `posts`", "expected one of `http`"),
];

/// Instead of a start.
const ALONE: [(&str, &str, &str); 14] = [
    ("", "start", "say how the server is started, or give [running]"),
    ("[start", "TOML parse error at line 2", ""),
    ("[start]\nready = \"/\"", "missing field `command`", ""),
    ("[start]\ncommand = []\nready = \"/\"", "start.command", "[\"./server\", \"--port={port}\"]"),
    ("[start]\ncommand = [\"sh\"]", "start.ready", "ready = \"/healthz\""),
    ("[start]\ncommand = [\"sh\"]\nready = \"/\"\naddress_in_log = \"a\"", "start.ready", "give either"),
    ("[start]\ncommand = [\"sh\"]\nready = \"/\"", "start", "PORT = \"{port}\""),
    ("[start]\ncommand = [\"sh\", \"{port}\"]\nready = \"/\"", "start", "use {now} or {clock_file}"),
    ("[start]\ncommand = [\"sh\", \"{port}{now}\"]\nready = \"/\"", "start", "its OHLC_CACHE_TABLE: use {table}"),
    ("[start]\ncommand = [\"sh\", \"{port}{now}{table}\"]\nready = \"/\"", "start", "use {dynamodb_url}"),
    ("[start]\ncommand = [\"sh\", \"{port}{now}{table}{dynamodb_url}\"]\nready = \"/\"", "start", "use {tiingo_url}"),
    (
        "[start]\ncommand = [\"sh\"]\nready = \"/\"\n[start.environment]\nA = \"{where}\"",
        "start.environment.A",
        "unknown placeholder {where}",
    ),
    (
        "[running]\nurl = \"x\"\nready = \"/\"\ntable = \"t\"\ndynamodb = \"d\"\ntiingo = \"t\"",
        "running.url",
        "http://127.0.0.1:8000",
    ),
    (
        "[running]\nurl = \"http://x\"\nready = \"/\"\ntable = \"t\"\ndynamodb = \"d\"\ntiingo = \"t\"",
        "controls.restart",
        "restart = { command",
    ),
];

#[test]
fn a_mistake_is_told_with_its_file_its_field_and_what_to_write() {
    let after = AFTER_A_START.map(|(text, field, advice)| (format!("{START}{text}"), field, advice));
    let alone = ALONE.map(|(text, field, advice)| (text.to_owned(), field, advice));
    for (text, field, advice) in after.into_iter().chain(alone) {
        let said = mistake(&text);
        assert!(said.contains("server.toml: "), "no file in {said}");
        assert!(said.contains(field) && said.contains(advice), "no {field:?} and {advice:?} in {said} for {text}");
        assert!(said.contains("harness/docs/targets.md"), "no help in {said}");
    }
}

#[test]
fn a_start_that_lacks_nothing_is_none() {
    file(START).read().map(|_| ()).unwrap();
}

#[test]
fn a_program_and_a_file_that_are_not_there_are_named() {
    for program in ["no-such-program", "./no-such-program"] {
        let text = format!(
            "[start]\ncommand = [\"{program}\", \"{{now}}\"]\ncontract_settings = true\naddress_in_log = \"a\""
        );
        let refused = file(&text).read().err().unwrap();
        assert!(matches!(&refused, Undescribed::NoProgram { field, .. } if field == "start.command"), "{refused}");
        assert!(refused.to_string().contains(&format!("wants {program}, which is not there; install it")), "{refused}");
    }
    let missing = Foreign::read(&file("").beside("missing.toml"), &|_| None).err().unwrap().to_string();
    assert!(
        missing.contains("missing.toml cannot be read") && missing.contains("harness/docs/targets.md"),
        "{missing}"
    );
}
