//! The formats of reports, and where reports go: standard output, or a file.

use std::io::Write;
use std::path::Path;

use clap::ValueEnum;

use crate::exit::Exit;

/// The formats of a report that is not about a test run, so that no CI server has one for it.
#[derive(Clone, Copy, Default, ValueEnum)]
pub(crate) enum Format {
    #[default]
    /// Text for a terminal
    Human,
    /// One JSON document
    Json,
}

/// Refuses, before the work for it begins, a `path` that no report can be written to.
pub(crate) fn check(path: Option<&Path>) -> Result<(), Exit> {
    let Some(path) = path else { return Ok(()) };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (folder.is_dir(), path.is_dir()) {
        (true, false) => Ok(()),
        (true, true) => Err(unwritable(path, "it is a folder")),
        (false, _) => Err(unwritable(path, "its folder does not exist")),
    }
}

/// Writes a report to `path`, or to standard output. A reader who leaves early, as `head` does, is no failure.
pub(crate) fn write(text: &str, path: Option<&Path>) -> Result<(), Exit> {
    match path {
        Some(path) => std::fs::write(path, text).map_err(|cause| unwritable(path, &cause.to_string())),
        None => {
            let _ = std::io::stdout().lock().write_all(text.as_bytes());
            Ok(())
        }
    }
}

fn unwritable(path: &Path, cause: &str) -> Exit {
    Exit::NotThere(format!("cannot write {}: {cause}; name a file in a folder that exists", path.display()))
}
