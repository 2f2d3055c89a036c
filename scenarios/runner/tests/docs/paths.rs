//! Every path that a page names exists.

use std::collections::BTreeSet;

use crate::page::{Page, files, root};

/// How names of files end.
const ENDINGS: [&str; 11] = [".css", ".csv", ".json", ".md", ".py", ".rs", ".snap", ".tf", ".toml", ".ts", ".yml"];
/// Files that readers have, or that a command makes for them.
const NOT_OURS: [&str; 5] = ["FILE.toml", "fidelity.json", "my-cache.toml", "report.json", "report.xml"];

#[test]
fn every_path_exists() {
    let (root, mut checked, mut wrong) = (root(), 0, Vec::new());
    let names: BTreeSet<String> =
        files().iter().filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect();
    for page in Page::of_the_present() {
        for quoted in page.quoted() {
            let is_path = quoted.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte));
            if !is_path || NOT_OURS.contains(&quoted) {
                continue;
            }
            let is_file = ENDINGS.iter().any(|ending| quoted.ends_with(ending));
            let (top, below) = quoted.split_once('/').unwrap_or((quoted, ""));
            let is_there = match top {
                "" | "." | "target" => continue,
                // A file by its name alone.
                _ if below.is_empty() && is_file => names.contains(quoted),
                _ if !below.is_empty() && root.join(top).exists() => root.join(quoted).exists(),
                // From the page's own folder.
                _ if root.join(&page.path).with_file_name(top).exists() => {
                    root.join(&page.path).with_file_name(quoted).exists()
                }
                _ => continue,
            };
            if !is_there {
                wrong.push(format!("{} names {quoted}, which does not exist", page.path.display()));
            }
            checked += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked >= 100, "only {checked} paths were found, so this test no longer reads them");
}
