//! How the command ends without a report.

/// The reason, which decides the exit code.
#[derive(Debug)]
pub(crate) enum Exit {
    /// Wrong usage or settings: 2.
    Usage(String),
    /// Something needed is missing: 3.
    NotThere(String),
    /// The harness broke: 4.
    Broken(anyhow::Error),
}

impl Exit {
    /// The exit code that scripts rely on.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::NotThere(_) => 3,
            Self::Broken(_) => 4,
        }
    }
}

impl std::fmt::Display for Exit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Usage(problem) | Self::NotThere(problem) => f.write_str(problem),
            Self::Broken(cause) => write!(f, "internal error, please report it: {cause:#}"),
        }
    }
}

impl From<anyhow::Error> for Exit {
    fn from(cause: anyhow::Error) -> Self {
        Self::Broken(cause)
    }
}
