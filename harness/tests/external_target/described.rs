//! Files for tests, each in a folder of its own.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::PathBuf;

use harness::Clock;
use harness::targets::Launch;
use harness::targets::external::{Foreign, Undescribed};
use tempfile::TempDir;

/// A start that lacks nothing. The script says that it listens on a port where nobody does, and waits.
pub(crate) const START: &str = r#"
[start]
command = ["sh", "-c", "echo '{\"address\": \"127.0.0.1:9\"}'; exec sleep 60"]
contract_settings = true
address_in_log = "address"
[start.environment]
NOW = "{now}"
"#;

/// A file, gone when dropped.
pub(crate) struct Written {
    folder: TempDir,
}

impl Written {
    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("server.toml")
    }

    /// Another file beside it.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn read(&self) -> Result<Foreign, Undescribed> {
        Foreign::read(&self.file(), &variable)
    }
}

/// The environment of these tests.
fn variable(name: &str) -> Option<String> {
    let known = [("PATH", "/usr/bin:/bin"), ("GREETING", "hello")];
    known.into_iter().find(|(known, _)| *known == name).map(|(_, value)| value.to_owned())
}

/// A file with this text, after its name.
pub(crate) fn file(text: &str) -> Written {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("server.toml"), format!("name = \"a stranger\"\n{text}")).unwrap();
    Written { folder }
}

/// What a file's mistake is told as.
pub(crate) fn mistake(text: &str) -> String {
    file(text).read().err().map_or_else(|| panic!("nothing is wrong with {text}"), |cause| cause.to_string())
}

pub(crate) fn launch() -> Launch {
    with::<&str>(&[])
}

/// Launch in which the scenario has set these variables.
pub(crate) fn with<V: AsRef<OsStr>>(chosen: &[(&str, V)]) -> Launch {
    let clock = Clock::at("2026-02-03T22:00:00Z".parse().unwrap());
    let lab = [("OHLC_CACHE_TABLE", "a-table"), ("TIINGO_BASE_URL", "http://127.0.0.1:7")];
    let lab = lab.iter().map(|(name, value)| (*name, OsStr::new(value)));
    let all = lab.chain(chosen.iter().map(|(name, value)| (*name, value.as_ref())));
    let environment = all.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let chosen: BTreeSet<String> = chosen.iter().map(|(name, _)| (*name).to_owned()).collect();
    Launch { environment, chosen, clock }
}
