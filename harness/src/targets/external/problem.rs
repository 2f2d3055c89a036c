//! What is wrong with a file.

use std::path::Path;

/// What is wrong, and what to write instead.
#[derive(Debug)]
pub(super) enum Problem {
    /// A field does not say what it should.
    Wrong { field: String, advice: String },
    /// A program is not there.
    Missing { field: String, program: String },
}

/// Why a file describes no server.
#[derive(Debug, thiserror::Error)]
pub enum Undescribed {
    /// It cannot be read.
    #[error("{file} cannot be read: {cause}; name a TOML file that describes a server, see harness/docs/targets.md")]
    Unreadable {
        /// The file.
        file: String,
        /// What the system says.
        cause: std::io::Error,
    },
    /// It does not say what it should.
    #[error("{file}: {problem}; harness/docs/targets.md explains every field")]
    Wrong {
        /// The file.
        file: String,
        /// The field, and what to write.
        problem: String,
    },
    /// A program that it names is not on this machine.
    #[error("{file}: {field} wants {program}, which is not there; install it, or name another one")]
    NoProgram {
        /// The file.
        file: String,
        /// The field.
        field: String,
        /// The program.
        program: String,
    },
}

impl Problem {
    /// The same, with the file in which it is.
    pub(super) fn of(self, file: &Path) -> Undescribed {
        let file = file.display().to_string();
        match self {
            Self::Wrong { field, advice } => Undescribed::Wrong { file, problem: format!("{field}: {advice}") },
            Self::Missing { field, program } => Undescribed::NoProgram { file, field, program },
        }
    }
}
