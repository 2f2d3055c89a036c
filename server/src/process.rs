//! The world of a process: its environment, its clock, and standard output for the log.

use std::process::ExitCode;
use std::sync::Arc;

use crate::clock::{Clock, SystemClock};
use crate::command;
use crate::policies::Policies;
use crate::ports::Ports;
use crate::settings::Environment;
use crate::telemetry::Gathered;

/// A process. Dropping it waits until its log is written, as long as somebody takes it.
pub struct Process {
    environment: Environment,
    clock: Arc<dyn Clock>,
    log: Gathered,
    #[cfg(feature = "test-controls")]
    under_test: bool,
}

impl Process {
    /// This process, as it begins.
    pub fn begin() -> Self {
        let environment = Environment::of_process();
        let log = Gathered::into(std::io::stdout(), &Policies::read(&environment).log);
        Self {
            environment,
            clock: Arc::new(SystemClock),
            log,
            #[cfg(feature = "test-controls")]
            under_test: false,
        }
    }

    /// This process, as it begins for a test: whoever started it gives it its time and its end, and may control it.
    ///
    /// # Errors
    /// When it is no place for that; and when the clock that it is given does not tell the time.
    #[cfg(feature = "test-controls")]
    pub fn under_test() -> Result<Self, String> {
        let process = Self::begin();
        crate::under_test::announce(&process.environment, !cfg!(debug_assertions))?;
        crate::under_test::end_with_stdin(&process.environment);
        let clock = crate::under_test::clock(&process.environment)?;
        Ok(Self { clock, under_test: true, ..process })
    }

    /// Its world.
    pub fn ports(&self) -> Ports {
        Ports {
            #[cfg(feature = "test-controls")]
            test_controls: self.under_test,
            ..Ports::new(self.environment.clone(), Arc::clone(&self.clock), self.log.writer())
        }
    }

    /// Does what it is asked to by its arguments.
    pub async fn run(&self) -> ExitCode {
        let arguments: Vec<String> =
            std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
        let ports = self.ports();
        // Boxed: what a whole server waits for is nested deeper than the compiler likes.
        Box::pin(command::run(&arguments, Policies::read(&ports.environment), ports)).await
    }
}
