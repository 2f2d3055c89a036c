//! The scripts of `.ci` name files that exist.

use std::fs;

use crate::page::root;

#[test]
fn every_file_that_mutants_are_made_of_exists() {
    let script = fs::read_to_string(root().join(".ci/mutants")).unwrap();
    let (_, files) = script.split_once("FILES = [\n").expect("a list of files");
    let (files, _) = files.split_once("]\n").expect("its end");
    let mut named = 0;
    for pattern in files.lines().filter_map(|line| line.split('"').nth(1)) {
        let path = root().join(pattern.trim_end_matches("/**"));
        let there = if pattern.ends_with("/**") { path.is_dir() } else { path.is_file() };
        assert!(there, ".ci/mutants names {pattern}, which does not exist");
        named += 1;
    }
    assert!(named >= 5, "only {named} files were found, so this test no longer reads them");
}
