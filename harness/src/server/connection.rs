//! A connection of a client that writes its requests itself: whole ones, halves, and what is none.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};

use super::Server;
use crate::dialect::Dialect;
use crate::remains::Collection;
use crate::reply::Reply;
use crate::verdict::{Stop, Verdict, expect};

/// A connection to a server. It ends when it is dropped.
pub struct Connection {
    stream: TcpStream,
    /// When the client did something last: opened it, sent something, took an answer.
    active: Instant,
    /// What has come and was not taken yet.
    come: Vec<u8>,
    dialect: Arc<Dialect>,
    collection: Collection,
}

/// How the server has ended a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// How long after the client did something last; after it began, where it trickles.
    pub after: Duration,
    /// What it said before.
    pub said: String,
}

/// An answer that is all there.
#[derive(Debug, PartialEq, Eq)]
struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: String,
    /// How many bytes it takes.
    length: usize,
}

impl Server {
    /// Opens a connection.
    ///
    /// # Errors
    /// Failed, when nobody takes it.
    pub async fn connect(&self) -> Verdict<Connection> {
        let address = self.instance.url().trim_start_matches("http://");
        let stream = expect("a connection", TcpStream::connect(address).await.ok()).is_there()?;
        // What is sent in pieces leaves in pieces: waiting for the other side to confirm one would take real time.
        let _ = stream.set_nodelay(true);
        let (dialect, collection) = (Arc::clone(&self.dialect), self.collection.clone());
        Ok(Connection { stream, active: Instant::now(), come: Vec::new(), dialect, collection })
    }

    /// The head of a request as it is written, with these headers and a host.
    ///
    /// # Errors
    /// Unsupported, when the server has other ways to be told.
    pub fn head(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Verdict<String> {
        let headers: Vec<_> = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: candlecheck\r\n");
        for (name, value) in self.dialect.of_request(&headers)? {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        Ok(head + "\r\n")
    }
}

impl Connection {
    /// Sends these bytes. That the server may have gone shows in its answer, or in its end.
    pub async fn sends(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = self.stream.write_all(bytes.as_ref()).await;
        self.active = Instant::now();
    }

    /// Sends them one by one, with a pause after each, until the server has ended it.
    ///
    /// # Errors
    /// Failed, when it takes them all.
    pub async fn trickles(&mut self, bytes: impl AsRef<[u8]>, pause: Duration) -> Verdict<Ending> {
        let began = Instant::now();
        for byte in bytes.as_ref() {
            self.sends([*byte]).await;
            if let Ok(ended) = timeout(pause, self.reads_on()).await {
                ended?;
                return Ok(Ending { after: began.elapsed(), said: self.said() });
            }
        }
        expect("the end of a connection while it trickles", None).is_there()
    }

    /// The next answer, for which a client waits no longer than this.
    ///
    /// # Errors
    /// Failed, when none has come by then, or the connection ends instead.
    pub async fn answer_within(&mut self, patience: Duration) -> Verdict<Reply> {
        let answer = timeout(patience, self.whole_answer()).await.ok();
        let answer = expect(format!("an answer within {patience:?}"), answer.transpose()?).is_there()?;
        let answer = expect("an answer before the end of the connection", answer).is_there()?;
        self.active = Instant::now();
        let reply = Reply::new(answer.status, answer.headers, answer.body, Arc::clone(&self.dialect));
        self.collection.reply(&reply);
        Ok(reply)
    }

    /// Whether nothing comes for so long, neither an answer nor the end.
    ///
    /// # Errors
    /// Broken, when the connection is.
    pub async fn hears_nothing_for(&mut self, time: Duration) -> Verdict<bool> {
        timeout(time, self.comes()).await.map_or(Ok(true), |come| come.map(|_| false))
    }

    /// Waits until the server has ended it.
    ///
    /// # Errors
    /// Failed, when it has not by then.
    pub async fn ends_within(&mut self, patience: Duration) -> Verdict<Ending> {
        let ended = timeout(patience, self.reads_on()).await.ok();
        expect(format!("the end of a connection within {patience:?}"), ended.transpose()?).is_there()?;
        Ok(Ending { after: self.active.elapsed(), said: self.said() })
    }

    /// Reads until the end, whichever way that comes.
    async fn reads_on(&mut self) -> Verdict {
        while self.comes().await? {}
        Ok(())
    }

    /// Waits for more; false when nothing will come.
    async fn comes(&mut self) -> Verdict<bool> {
        match self.stream.read_buf(&mut self.come).await {
            Ok(count) => Ok(count > 0),
            Err(cause) if [ErrorKind::ConnectionReset, ErrorKind::BrokenPipe].contains(&cause.kind()) => Ok(false),
            Err(cause) => Err(Stop::Broken(format!("reading an answer: {cause}"))),
        }
    }

    /// The whole of the next answer; nothing when the connection ends before.
    async fn whole_answer(&mut self) -> Verdict<Option<Answer>> {
        loop {
            if let Some(answer) = read(&self.come) {
                self.come.drain(..answer.length);
                return Ok(Some(answer));
            }
            if !self.comes().await? {
                return Ok(None);
            }
        }
    }

    fn said(&self) -> String {
        String::from_utf8_lossy(&self.come).into_owned()
    }
}

/// An answer that tells its length; nothing while it is not all there.
fn read(come: &[u8]) -> Option<Answer> {
    let text = String::from_utf8_lossy(come);
    let (head, _) = text.split_once("\r\n\r\n")?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
        .collect();
    let told: usize = headers.get("content-length").map_or(Some(0), |told| told.parse().ok())?;
    let (begin, length) = (head.len() + 4, head.len() + 4 + told);
    let body = String::from_utf8_lossy(come.get(begin..length)?).into_owned();
    Some(Answer { status, headers, body, length })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn an_answer_is_read_when_all_of_it_is_there() {
        let come = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbodyHTTP/1.1 408 ";
        for part in [0, 10, 30, 41] {
            assert_eq!(read(&come[..part]), None, "{part}");
        }
        let answer = read(come).unwrap();
        assert_eq!(
            (answer.status, answer.headers["content-length"].as_str(), answer.body.as_str()),
            (200, "4", "body")
        );
        assert_eq!(&come[answer.length..], b"HTTP/1.1 408 ");
    }
}
