//! The world of a process: its environment, its clock, and standard output for the log.

use std::sync::Arc;

use crate::clock::Clock;
use crate::policies::Policies;
use crate::ports::Ports;
use crate::settings::Environment;
use crate::telemetry::Gathered;

/// A process. Dropping it waits until its log is written, as long as somebody takes it.
pub struct Process {
    environment: Environment,
    log: Gathered,
}

impl Process {
    /// This process, as it begins.
    pub fn begin() -> Self {
        let environment = Environment::of_process();
        #[cfg(feature = "test-controls")]
        crate::under_test::end_with_stdin(&environment);
        let log = Gathered::into(std::io::stdout(), &Policies::read(&environment).log);
        Self { environment, log }
    }

    /// Its world.
    ///
    /// # Errors
    /// When a process under test is given a clock that does not tell the time.
    pub fn ports(&self) -> Result<Ports, String> {
        Ok(Ports::new(self.environment.clone(), clock(&self.environment)?, self.log.writer()))
    }
}

/// The machine's clock; in a process under test the one that it is given.
#[cfg(not(feature = "test-controls"))]
fn clock(_environment: &Environment) -> Result<Arc<dyn Clock>, String> {
    Ok(Arc::new(crate::clock::SystemClock))
}

#[cfg(feature = "test-controls")]
fn clock(environment: &Environment) -> Result<Arc<dyn Clock>, String> {
    crate::under_test::clock(environment)
}
