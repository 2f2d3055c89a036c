//! The server as a process; see [`ohlc_server::command`].

use std::process::ExitCode;

use mimalloc::MiMalloc;
use ohlc_server::Process;

/// Requests take memory in one thread and give it back in another, for which the system's allocator makes them queue.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    Process::begin().run().await
}
