//! Calls that the fault proxy reads: the operation on the first line, then the body.

use bytes::Bytes;
use harness::faults::Call;
use http::Request;

use crate::inputs::all_hold;

const WORDS: &[&str] = &[
    "Query\n",
    "BatchWriteItem\n",
    "TransactWriteItems\n",
    "\"Key\":",
    "\"Item\":",
    "{\"S\":\"x\"}",
    "{\"N\":\"1\"}",
    "\"PK\":",
    "\"SK\":",
    "\"KeyConditionExpression\":",
    "PK = :p AND SK BETWEEN :a AND :b",
    "begins_with(SK, :a)",
    ":p",
    "#n",
    "AND",
    "null",
    "[]",
    "{}",
    "[[[[",
    "\\ud800",
    "\"",
    ",",
];

#[test]
fn every_call_can_be_read() {
    all_hold("calls", WORDS, 10_000, |input| {
        let at = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
        let (operation, body) = input.split_at(at);
        let call = Request::post("/").header("x-amz-target", operation).body(Bytes::copy_from_slice(body));
        // A header takes no control characters.
        let Ok(call) = call.map(Call::read) else { return };
        let _ = call.subject();
        let again = call.json();
        assert_eq!(call.with_body(&again).json(), again);
    });
}
