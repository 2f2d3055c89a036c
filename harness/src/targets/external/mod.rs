//! A server that is not ours: in any language, with words of its own, as a TOML file describes it.
//!
//! What the file does not say, the server cannot do: a scenario that needs it is not run, with the reason. No defect
//! can be injected into a server that we did not write, so there are no proofs on it. `harness/docs/targets.md`
//! explains every field of the file.

mod advice;
mod control;
mod description;
mod file;
mod guardian;
mod instance;
mod ports;
mod problem;
mod reader;
mod relay;
mod running;
mod start;
mod template;
mod words;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::Mutex;

use self::description::{Description, Way};
pub use self::problem::Undescribed;
use self::reader::Reader;
use super::{Instance, Launch, Target};
use crate::capability::Need;
use crate::capability::Unsupported;
use crate::dialect::Dialect;

/// The variable that says how much a server logs.
const LOG: &str = "OHLC_LOG";

/// A server that a file describes.
pub struct Foreign {
    described: Arc<Description>,
    /// Who uses it, when it is there only once.
    turn: Arc<Mutex<()>>,
    /// The level at which it logs, unless a scenario sets another.
    log: Option<String>,
}

impl Foreign {
    /// Reads a file; `variable` gives the variables of this process that it may name as `{env.NAME}`.
    ///
    /// # Errors
    /// When it describes no server, with the field and what to write there; when a program is missing.
    pub fn read(file: &Path, variable: &dyn Fn(&str) -> Option<String>) -> Result<Self, Undescribed> {
        let name = file.display().to_string();
        let unreadable = |cause| Undescribed::Unreadable { file: name.clone(), cause };
        let text = std::fs::read_to_string(file).map_err(unreadable)?;
        let folder = std::fs::canonicalize(file).map_err(unreadable)?;
        let folder = folder.parent().unwrap_or(Path::new("/"));
        let written = toml::from_str(&text)
            .map_err(|cause| Undescribed::Wrong { file: name.clone(), problem: cause.to_string().trim().to_owned() })?;
        let described = Reader { folder, variable }.read(written).map_err(|problem| problem.of(file))?;
        Ok(Self { described: Arc::new(described), turn: Arc::default(), log: None })
    }

    /// The same, logging at this level; nothing, when it cannot be told.
    pub fn logging_at(self, level: &str) -> Option<Self> {
        let takes = matches!(&self.described.way, Way::Start(start) if start.takes(LOG));
        takes.then(|| Self { log: Some(level.to_owned()), ..self })
    }

    /// Whether it is there only once, so that scenarios must take turns.
    pub fn is_there_once(&self) -> bool {
        matches!(self.described.way, Way::Running(_))
    }
}

impl Target for Foreign {
    fn name(&self) -> String {
        format!("{}, which is not ours", self.described.name)
    }

    fn can(&self) -> &[Need] {
        &self.described.can
    }

    fn variables(&self) -> BTreeMap<String, String> {
        self.log.iter().map(|level| (LOG.to_owned(), level.clone())).collect()
    }

    fn with_defect(&self, _: &str) -> Option<Arc<dyn Target>> {
        None
    }

    fn unprovable(&self) -> Option<String> {
        Some("defects cannot be injected into a server that is not ours".into())
    }

    fn dialect(&self) -> Arc<Dialect> {
        Arc::clone(&self.described.dialect)
    }

    fn alarms(&self) -> Option<&str> {
        self.described.alarms.as_deref()
    }

    fn start(&self, launch: Launch) -> BoxFuture<'_, anyhow::Result<Box<dyn Instance>>> {
        async move {
            match &self.described.way {
                Way::Start(start) => start::start(&self.described, start, &launch).await,
                Way::Running(at) => {
                    let turn = Arc::clone(&self.turn).try_lock_owned().map_err(|_| lacks(Need::SeveralInstances))?;
                    running::restart(&self.described, at, &launch, turn).await
                }
            }
        }
        .boxed()
    }

    fn warm(&self, launch: Launch) -> BoxFuture<'_, anyhow::Result<String>> {
        async move {
            match &self.described.way {
                Way::Start(start) => start::warm(&self.described, start, &launch).await,
                Way::Running(_) => Err(lacks(Need::Warm).into()),
            }
        }
        .boxed()
    }
}

fn lacks(need: Need) -> Unsupported {
    Unsupported(need.to_string())
}
