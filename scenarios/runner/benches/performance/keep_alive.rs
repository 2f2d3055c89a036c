//! A client who keeps the connection and does almost nothing itself, so that what is measured is the server.

use std::net::SocketAddr;

use anyhow::Context;
use memchr::memmem;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::world::TOKEN;

/// One connection that asks the same again and again.
pub(crate) struct Client {
    stream: TcpStream,
    request: String,
    answer: Vec<u8>,
    /// Where the body of the answer begins.
    body: usize,
}

impl Client {
    /// Somebody who always asks this server for the same: `GET /healthz`.
    pub(crate) async fn of(server: SocketAddr, question: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(server).await?;
        stream.set_nodelay(true)?;
        let request = format!("{question} HTTP/1.1\r\nHost: {server}\r\nAuthorization: Bearer {TOKEN}\r\n\r\n");
        Ok(Self { stream, request, answer: Vec::new(), body: 0 })
    }

    /// Asks, and reads the answer to its end. It must be a 200.
    pub(crate) async fn ask(&mut self) -> anyhow::Result<()> {
        self.stream.write_all(self.request.as_bytes()).await?;
        self.answer.clear();
        self.body = loop {
            self.read().await?;
            if let Some(head) = memmem::find(&self.answer, b"\r\n\r\n") {
                break head + 4;
            }
        };
        anyhow::ensure!(self.answer.starts_with(b"HTTP/1.1 200 "), "not a 200: {}", self.head()?);
        let end = self.body + self.length()?;
        while self.answer.len() < end {
            self.read().await?;
        }
        Ok(())
    }

    /// The length of the body. Searched for and not read line by line: an answer with more headers must not look slower.
    fn length(&self) -> anyhow::Result<usize> {
        const NAME: &[u8] = b"\r\ncontent-length: ";
        let name = memmem::find(&self.answer, NAME).context("the answer does not say how long it is")?;
        let digits = self.answer[name + NAME.len()..].iter().take_while(|byte| byte.is_ascii_digit());
        Ok(digits.fold(0, |length, digit| length * 10 + usize::from(digit - b'0')))
    }

    /// A header of the answer.
    pub(crate) fn header(&self, name: &str) -> anyhow::Result<&str> {
        let found = self.head()?.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        found.with_context(|| format!("the answer has no {name}"))
    }

    /// The body of the answer.
    pub(crate) fn body(&self) -> &[u8] {
        &self.answer[self.body..]
    }

    fn head(&self) -> anyhow::Result<&str> {
        Ok(str::from_utf8(&self.answer[..self.body])?)
    }

    async fn read(&mut self) -> anyhow::Result<()> {
        self.answer.reserve(64 * 1024);
        let read = self.stream.read_buf(&mut self.answer).await?;
        anyhow::ensure!(read > 0, "the server closed the connection");
        Ok(())
    }
}
