//! What `server/deploy` sets up is what the server really uses: keys, TTL, permissions and alarms, both ways.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod alarms;
mod table;
mod terraform;
mod wire;
