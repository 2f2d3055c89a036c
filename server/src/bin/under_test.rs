//! The server as a process under test: tests tell it the time, empty its memory and let it fail, without any token. It
//! has a name of its own, so that nobody takes it for `ohlc-server`, which has nothing of the kind however it is built.

use std::process::ExitCode;

use mimalloc::MiMalloc;
use ohlc_server::{Process, command};

/// As in `ohlc-server`.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match Process::under_test() {
        Ok(process) => process.run().await,
        Err(refusal) => command::refuse(&refusal),
    }
}
