//! `verify --target`.

use std::convert::Infallible;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use anyhow::Context;
use candlecheck::built::Built;
use candlecheck::reference::Reference;
use harness::targets::Target;
use harness::targets::external::{Foreign, Undescribed};
use ohlc_server::settings::Environment;

use crate::exit::Exit;

/// The server under test, as the command line names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum TargetName {
    /// The reference server, in this process.
    #[default]
    InProcess,
    /// The reference server as a binary, which is built for it.
    Process,
    /// Any other server, described by this file.
    File(PathBuf),
    /// Something else, perhaps a URL.
    Other(String),
}

/// The server under test.
pub(super) struct Chosen {
    pub(super) target: Arc<dyn Target>,
    /// Only one instance exists.
    pub(super) one_at_a_time: bool,
}

impl FromStr for TargetName {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text {
            "in-process" => Self::InProcess,
            "process" => Self::Process,
            _ if text.ends_with(".toml") => Self::File(text.into()),
            _ => Self::Other(text.to_owned()),
        })
    }
}

impl fmt::Display for TargetName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InProcess => f.write_str("in-process"),
            Self::Process => f.write_str("process"),
            Self::File(path) => path.display().fmt(f),
            Self::Other(text) => f.write_str(text),
        }
    }
}

impl TargetName {
    /// The command that tests it.
    pub(super) fn command(&self) -> String {
        match self {
            Self::InProcess => "cargo run -- verify".into(),
            _ => format!("cargo run -- verify --target {self}"),
        }
    }

    /// The server itself, which logs at this level.
    pub(super) fn open(&self, log: Option<&str>) -> Result<Chosen, Exit> {
        let several = |target| Chosen { target, one_at_a_time: false };
        match self {
            Self::InProcess => Ok(several(log.map_or_else(Reference::healthy, Reference::logging_at))),
            Self::Process => Ok(several(built(log)?)),
            Self::File(path) => {
                let environment = Environment::of_process();
                let variable = |name: &str| environment.get(name).map(str::to_owned);
                let mut foreign = Foreign::read(path, &variable).map_err(exit)?;
                if let Some(level) = log {
                    foreign = foreign.logging_at(level).ok_or_else(|| {
                        Exit::Usage(format!(
                            "--log: {self} does not pass the log level to the server: use {{OHLC_LOG}} in it"
                        ))
                    })?;
                }
                Ok(Chosen { one_at_a_time: foreign.is_there_once(), target: Arc::new(foreign) })
            }
            Self::Other(text) if text.contains("://") => Err(Exit::Usage(format!(
                "--target {text}: a URL alone does not say how to restart the server or set its clock, so no scenario \
                 could run: describe the server in a file, see harness/docs/targets.md. To check a deployment: \
                 candlecheck sanity {text}"
            ))),
            Self::Other(text) => Err(Exit::Usage(format!(
                "unknown target `{text}`: expected in-process, process, or a TOML file that describes a server"
            ))),
        }
    }
}

/// The reference server as a binary, built now, which logs at this level.
pub(crate) fn built(log: Option<&str>) -> Result<Arc<dyn Target>, Exit> {
    let path = Built::build(false).map_err(|unbuilt| Exit::NotThere(unbuilt.to_string()))?;
    let candlecheck = std::env::current_exe().context("finding this command")?;
    Ok(Built::healthy(&path, &candlecheck, log))
}

fn exit(cause: Undescribed) -> Exit {
    match cause {
        Undescribed::Wrong { .. } => Exit::Usage(cause.to_string()),
        Undescribed::Unreadable { .. } | Undescribed::NoProgram { .. } => Exit::NotThere(cause.to_string()),
    }
}
