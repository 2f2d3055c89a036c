//! Ports for servers that must be told one before they start.

use std::net::{Ipv4Addr, TcpListener, UdpSocket};
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::Context;

/// Below the ports that systems hand out by themselves, so that nobody else gets one of these between its choice and
/// the start of its server.
const FIRST: u32 = 20_000;
const COUNT: u32 = 12_000;

/// A loopback port that is free, and that no other run on this machine chooses as long as this is held: its claim is the
/// UDP port of the same number, which leaves the TCP port to the server.
pub(super) struct FreePort {
    pub(super) number: u16,
    _claim: UdpSocket,
}

impl FreePort {
    /// One that this process gives to nobody else until it has gone through all of them.
    pub(super) fn choose() -> anyhow::Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        // Another run beside this one begins elsewhere.
        let begin = std::process::id().wrapping_mul(97);
        let mut ports = (0..COUNT).map(|_| FIRST + begin.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)) % COUNT);
        let free = ports.find_map(|port| {
            let number = u16::try_from(port).ok()?;
            let claim = UdpSocket::bind((Ipv4Addr::LOCALHOST, number)).ok()?;
            TcpListener::bind((Ipv4Addr::LOCALHOST, number)).ok().map(|_| Self { number, _claim: claim })
        });
        free.with_context(|| format!("no port from {FIRST} to {} is free", FIRST + COUNT - 1))
    }
}
