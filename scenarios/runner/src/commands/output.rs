//! Where reports go: standard output, or a file.

use std::io::Write;
use std::path::Path;

use crate::exit::Exit;

/// Writes a report to `path`, or to standard output. A reader who leaves early, as `head` does, is no failure.
pub(crate) fn write(text: &str, path: Option<&Path>) -> Result<(), Exit> {
    match path {
        Some(path) => std::fs::write(path, text).map_err(|cause| {
            Exit::NotThere(format!("cannot write {}: {cause}; name a file in a folder that exists", path.display()))
        }),
        None => {
            let _ = std::io::stdout().lock().write_all(text.as_bytes());
            Ok(())
        }
    }
}
