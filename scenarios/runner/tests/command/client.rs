//! Plain HTTP on loopback, as `curl` would speak it.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::binary::PATIENCE;

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) head: String,
    pub(crate) body: String,
}

#[derive(Deserialize)]
struct Candles<'a> {
    #[serde(borrow)]
    candles: &'a RawValue,
}

impl Answer {
    /// The bytes of its candles, which came from this source.
    pub(crate) fn candles_from(&self, source: &str) -> &str {
        assert!(self.head.starts_with("HTTP/1.1 200"), "{self:?}");
        assert!(self.head.contains(&format!("x-cache-source: {source}\r\n")), "not from {source}: {}", self.head);
        let body: Candles<'_> = serde_json::from_str(&self.body).unwrap();
        body.candles.get()
    }
}

/// `GET path` with the token that `candlecheck serve` takes.
pub(crate) fn get(address: SocketAddr, path: &str) -> Answer {
    send(address, "GET", path)
}

/// `POST path`.
pub(crate) fn post(address: SocketAddr, path: &str) -> Answer {
    send(address, "POST", path)
}

fn send(address: SocketAddr, method: &str, path: &str) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer test-token\r\n\
         Content-Length: 0\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    Answer { head: format!("{head}\r\n"), body: body.to_owned() }
}
