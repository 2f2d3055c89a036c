//! Both ends of plain HTTP on loopback: a client of the server, and a provider that it asks once.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread::JoinHandle;

use crate::binary::PATIENCE;

/// The status of `GET path` by a reader, and the answer as it came.
pub(crate) fn get(address: SocketAddr, path: &str) -> (u16, String) {
    send(address, "GET", path)
}

/// The same for `POST path` with nothing.
pub(crate) fn post(address: SocketAddr, path: &str) -> (u16, String) {
    send(address, "POST", path)
}

fn send(address: SocketAddr, method: &str, path: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer reader-token\r\nContent-Length: 0\r\n\
         Connection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
    (status.expect("a status line"), answer)
}

/// A provider that answers one request with this body; its thread gives the request's head.
pub(crate) fn provider(body: &'static str) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let answering = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let (mut head, mut piece) = (String::new(), [0; 1024]);
        while !head.contains("\r\n\r\n") {
            let read = stream.read(&mut piece).unwrap();
            assert!(read > 0, "a request that ends early: {head}");
            head.push_str(std::str::from_utf8(&piece[..read]).unwrap());
        }
        let length = body.len();
        write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}").unwrap();
        head
    });
    (url, answering)
}
