//! The server as a process; see [`ohlc_server::command`].

use std::process::ExitCode;

use ohlc_server::command;
use ohlc_server::settings::Environment;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> =
        std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    command::run(&arguments, &Environment::of_process(), |_| {}).await
}
