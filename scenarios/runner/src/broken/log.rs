//! A log writer that misbehaves.

use std::io;

use ohlc_server::Ports;
use ohlc_server::telemetry::LogWriter;
use serde_json::{Map, Value};

/// Lets lines pass through `broken`.
pub(crate) fn lines(ports: &mut Ports, broken: impl Fn(&[u8], &LogWriter) -> io::Result<()> + Send + Sync + 'static) {
    let sound = ports.log.clone();
    ports.log = LogWriter::new(move |line| broken(line, &sound));
}

/// Takes the request's fields from the lines that are `meant`.
pub(crate) fn without_request(ports: &mut Ports, meant: fn(&Map<String, Value>) -> bool) {
    lines(ports, move |line, log| match serde_json::from_slice(line) {
        Ok(Value::Object(mut members)) if meant(&members) => {
            for field in ["request_id", "method", "ticker", "resolution", "cache_key"] {
                members.remove(field);
            }
            log.write_line(format!("{}\n", Value::Object(members)).as_bytes())
        }
        _ => log.write_line(line),
    });
}

/// Whether a line is a document of metrics.
pub(crate) fn is_metrics(line: &[u8]) -> bool {
    String::from_utf8_lossy(line).contains("\"_aws\":")
}
