//! A visitor who keeps the connection and does almost nothing himself, so that what is measured is the server.

use std::net::SocketAddr;

use anyhow::Context;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// One connection that asks the same again and again.
pub(crate) struct Visitor {
    stream: TcpStream,
    request: Vec<u8>,
    answer: Vec<u8>,
}

impl Visitor {
    pub(crate) async fn of(server: SocketAddr, path: &str, token: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(server).await?;
        stream.set_nodelay(true)?;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {server}\r\nAuthorization: Bearer {token}\r\n\r\n");
        Ok(Self { stream, request: request.into(), answer: Vec::new() })
    }

    /// Asks, and gives the answer's body, which is a 200's.
    pub(crate) async fn ask(&mut self) -> anyhow::Result<&[u8]> {
        self.stream.write_all(&self.request).await?;
        self.answer.clear();
        let body = loop {
            if let Some(head) = self.answer.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                break head + 4;
            }
            self.read().await?;
        };
        let end = body + length(&self.answer[..body])?;
        while self.answer.len() < end {
            self.read().await?;
        }
        Ok(&self.answer[body..end])
    }

    async fn read(&mut self) -> anyhow::Result<()> {
        self.answer.reserve(64 * 1024);
        let read = self.stream.read_buf(&mut self.answer).await?;
        anyhow::ensure!(read > 0, "the server closed the connection");
        Ok(())
    }
}

fn length(head: &[u8]) -> anyhow::Result<usize> {
    let head = str::from_utf8(head)?;
    anyhow::ensure!(head.starts_with("HTTP/1.1 200 "), "not a 200: {head}");
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    Ok(length.context("an answer without a length")?.parse()?)
}
