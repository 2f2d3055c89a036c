//! To whom it speaks TLS: to a table at an https address, and to whoever gives credentials at one, wherever the table is.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use crate::binary::{Binary, GOOD, PATIENCE};

/// What every handshake of TLS begins with.
const HANDSHAKE: u8 = 0x16;

/// An https address, and the first byte that anybody sends there.
fn https() -> (String, Receiver<u8>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let (sender, first) = channel();
    thread::spawn(move || {
        let mut byte = [0];
        listener.accept().unwrap().0.read_exact(&mut byte).unwrap();
        sender.send(byte[0])
    });
    (url, first)
}

/// Lets it look for its table.
fn asked_whether_it_is_ready(server: &Binary) -> TcpStream {
    let mut client = TcpStream::connect(server.address()).unwrap();
    client.write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    client
}

#[test]
fn a_table_at_an_https_address_is_spoken_to_in_tls() {
    let (url, first) = https();
    let server = Binary::start_with(&[("AWS_ENDPOINT_URL_DYNAMODB", &url)]);
    let _client = asked_whether_it_is_ready(&server);
    assert_eq!(first.recv_timeout(PATIENCE), Ok(HANDSHAKE));
}

#[test]
fn whoever_gives_credentials_is_spoken_to_in_tls_though_the_table_is_not() {
    let (url, first) = https();
    let unset = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
    let variables = GOOD.into_iter().filter(|(name, _)| !unset.contains(name));
    let server = Binary::start(&[], variables.chain([("AWS_CONTAINER_CREDENTIALS_FULL_URI", url.as_str())]));
    let _client = asked_whether_it_is_ready(&server);
    assert_eq!(first.recv_timeout(PATIENCE), Ok(HANDSHAKE));
}
