//! Mistakes with what an operator sees: numbers that are wrong, lines and spans that belong to nobody.

use std::io::ErrorKind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use ohlc_server::http::envelope;
use ohlc_server::telemetry::{Alarm, worth};
use serde_json::Value;

use super::defects;
use crate::broken::{log, stop};

defects! {
    "failed-reads-not-counted", "only a write that failed is an error of the cache":
        |policies, _| policies.metrics.alarm_worth = Arc::new(|alarm| match alarm {
            Alarm::CallFailed { operation: "Query" } => 0,
            other => worth(other),
        });
    "failed-writes-not-counted", "only a read that failed is an error of the cache":
        |policies, _| policies.metrics.alarm_worth = Arc::new(|alarm| match alarm {
            Alarm::CallFailed { operation: "BatchWriteItem" } => 0,
            other => worth(other),
        });
    "openings-not-counted", "a breaker that opens is worth a line in the log, and no more":
        |policies, _| policies.metrics.alarm_worth = Arc::new(|alarm| match alarm {
            Alarm::BreakerOpened => 0,
            other => worth(other),
        });
    "failed-probe-counted-as-an-opening", "a breaker that stays open has opened again":
        |policies, _| policies.metrics.alarm_worth = Arc::new(|alarm| match alarm {
            Alarm::ProbeFailed => 1,
            other => worth(other),
        });
    "cut-pages-not-counted", "a page that was cut is read on, and nobody learns of it":
        |policies, _| policies.metrics.alarm_worth = Arc::new(|alarm| match alarm {
            Alarm::PageTruncated => 0,
            other => worth(other),
        });
    "unprocessed-writes-counted-not-items", "a write that was given up is one, whatever it held":
        |policies, _| policies.metrics.alarm_worth = Arc::new(|alarm| match alarm {
            Alarm::ItemsGivenUp { .. } => 1,
            other => worth(other),
        });
    "alarms-counted-twice", "where it happens, and again where it is noticed":
        |policies, _| policies.metrics.alarm_worth = Arc::new(|alarm| 2 * worth(alarm));
    "documents-of-any-length", "all that was measured since the last flush is in one document":
        |policies, _| policies.metrics.values_in_a_document = u32::MAX;
    "metrics-lost-at-the-end", "what was counted since the last flush goes with the process":
        |_, ports| {
            let told = Arc::new(AtomicBool::new(false));
            let stopping = Arc::clone(&told);
            stop::first(ports, move || {
                let told = Arc::clone(&told);
                async move { told.store(true, Ordering::Relaxed) }
            });
            log::lines(ports, move |line, log| match stopping.load(Ordering::Relaxed) && log::is_metrics(line) {
                true => Ok(()),
                false => log.write_line(line),
            });
        };
    "one-request-id-for-all", "the first request's id is everybody's":
        |policies, _| {
            let first = OnceLock::new();
            policies.envelope.request_id = Arc::new(move |headers| first.get_or_init(|| envelope::request_id(headers)).clone());
        };
    "request-spans-of-no-instance", "a request's span is made where no instance's logs are, so its fields are nobody's":
        |_, ports| log::without_request(ports, |_| true);
    "tasks-without-their-request", "what goes on in a task of its own is logged for nobody":
        |_, ports| log::without_request(ports, |line| {
            line.get("target").and_then(Value::as_str).is_some_and(|target| !target.starts_with("ohlc_server::http"))
        });
    "metric-documents-in-pieces", "a document of metrics is written piece by piece, and somebody's line falls between":
        |_, ports| log::lines(ports, |line, log| {
            if !log::is_metrics(line) {
                return log.write_line(line);
            }
            let (one, other) = line.split_at(line.len() / 2);
            log.write_line(one)?;
            // Whoever logs just then; bad luck is not left to chance.
            log.write_line(b"{\"level\":\"INFO\",\"message\":\"a client came\"}\n")?;
            log.write_line(other)
        });
    "log-waits-for-its-reader", "who has something to log waits until somebody reads it":
        |_, ports| log::lines(ports, |line, log| loop {
            match log.write_line(line) {
                Err(full) if full.kind() == ErrorKind::WouldBlock => thread::sleep(Duration::from_millis(1)),
                written => return written,
            }
        });
    "lost-lines-not-counted", "a line that is lost is as good as written":
        |_, ports| log::lines(ports, |line, log| {
            let _ = log.write_line(line);
            Ok(())
        });
    "last-lines-waited-for", "a process does not end before its log is read":
        |_, ports| {
            let log = ports.log.clone();
            stop::first(ports, move || {
                let log = log.clone();
                async move {
                    while log.write_line(b"{\"message\":\"the end\"}\n").is_err() {
                        tokio::time::sleep(Duration::from_millis(1)).await;
                    }
                }
            });
        };
    "provider-without-a-span", "a trace ends where the provider begins":
        |_, ports| log::lines(ports, |line, log| {
            let of_provider = serde_json::from_slice(line).is_ok_and(|line: Value| line["span"] == "provider");
            if of_provider { Ok(()) } else { log.write_line(line) }
        });
    "spans-without-their-request", "every span is a trace of its own":
        |_, ports| log::without_request(ports, |line| line.contains_key("span"));
}
