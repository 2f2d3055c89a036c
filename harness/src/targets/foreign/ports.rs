//! Ports for servers that must be told one before they start.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::Context;

/// Below the ports that systems hand out by themselves, so that nobody else gets one of these between its choice and
/// the start of its server.
const FIRST: u32 = 20_000;
const COUNT: u32 = 12_000;

/// A loopback port that is free, and that this process gives to nobody else until it has gone through all of them.
pub(super) fn free_port() -> anyhow::Result<u16> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    // Another run beside this one begins elsewhere.
    let begin = std::process::id().wrapping_mul(97);
    let mut ports = (0..COUNT).map(|_| FIRST + begin.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)) % COUNT);
    let free = ports.find_map(|port| {
        let port = u16::try_from(port).ok()?;
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok().map(|_| port)
    });
    free.with_context(|| format!("no port from {FIRST} to {} is free", FIRST + COUNT - 1))
}
