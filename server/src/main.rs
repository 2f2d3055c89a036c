//! The server as a process; see [`ohlc_server::command`].

use std::process::ExitCode;

use mimalloc::MiMalloc;
use ohlc_server::{Policies, Process, command};

/// Requests take memory in one thread and give it back in another, for which the system's allocator makes them queue.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> =
        std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    let process = Process::begin();
    match process.ports() {
        Ok(ports) => command::run(&arguments, Policies::read(&ports.environment), ports).await,
        Err(fault) => command::refuse(&fault),
    }
}
