//! A provider's key in a file, as an operator's secret store mounts it.

use std::fs;

use anyhow::Context;
use harness::Verdict;
use tempfile::TempDir;

/// A file with Tiingo's key, deleted when dropped.
pub(crate) struct KeyFile {
    path: String,
    _folder: TempDir,
}

impl KeyFile {
    /// A file that holds this key.
    pub(crate) fn holding(key: &str) -> Verdict<Self> {
        let file = Self::unreadable()?;
        let file = Self { path: format!("{}/key", file.path), ..file };
        file.now_holds(key)?;
        Ok(file)
    }

    /// One that not even root can read: a folder.
    pub(crate) fn unreadable() -> Verdict<Self> {
        let folder = TempDir::new().context("a folder for the key")?;
        Ok(Self { path: folder.path().display().to_string(), _folder: folder })
    }

    /// Replaces the key.
    pub(crate) fn now_holds(&self, key: &str) -> Verdict {
        Ok(fs::write(&self.path, key).context("writing the key")?)
    }

    /// The setting that names it.
    pub(crate) fn setting(&self) -> (&'static str, &str) {
        ("TIINGO_API_KEY_FILE", &self.path)
    }
}
