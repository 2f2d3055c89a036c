//! Code in pages: Rust is quoted from files, TOML describes servers, JSON is JSON, and the report of the README is real.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::page::{Block, Page, root};

/// What a page says where it leaves something out.
const LEFT_OUT: [&str; 2] = ["…", "// …"];

fn blocks(language: &str) -> Vec<(String, Block)> {
    let pages = Page::of_the_present();
    let blocks = pages.into_iter().flat_map(|page| {
        let path = page.path.display().to_string();
        page.blocks.into_iter().map(move |block| (path.clone(), block))
    });
    blocks.filter(|(_, block)| block.language == language).collect()
}

fn candlecheck(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_candlecheck")).current_dir(root()).args(arguments).output().unwrap()
}

#[test]
fn every_language_is_known() {
    let known = ["json", "rust", "sh", "text", "toml"];
    for page in Page::of_the_present() {
        for block in &page.blocks {
            let language = &block.language;
            assert!(known.contains(&&**language), "{}: nobody checks {language:?}", page.path.display());
        }
    }
}

#[test]
fn rust_is_quoted_from_a_file() {
    let blocks = blocks("rust");
    assert!(blocks.len() >= 3, "only {} quotations were found", blocks.len());
    let mut wrong = Vec::new();
    for (page, block) in blocks {
        let (named, quoted) = block.text.split_once('\n').unwrap_or_default();
        let path = named.strip_prefix("// ").and_then(|named| named.split([',', ' ']).next()).unwrap_or_default();
        match fs::read_to_string(root().join(path)) {
            Err(_) => wrong.push(format!("{page}: a block begins with {named:?}, and not with `// ` and a file")),
            Ok(file) => wrong.extend(missing(quoted, &file).map(|part| format!("{page}: {path} does not say{part}"))),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The first part of a quotation that a text does not hold in this order. Depth of indentation does not count.
fn missing(quoted: &str, text: &str) -> Option<String> {
    let quoted: Vec<&str> = quoted.lines().map(str::trim).collect();
    let mut text: &[&str] = &text.lines().map(str::trim).collect::<Vec<_>>();
    for part in quoted.split(|line| LEFT_OUT.contains(line)).filter(|part| !part.is_empty()) {
        let is_here = |lines: &[&str]| part.iter().zip(lines).all(|(quoted, line)| says(line, quoted));
        match text.windows(part.len()).position(is_here) {
            Some(at) => text = &text[at + part.len()..],
            None => return Some(format!("\n{}\n", part.join("\n"))),
        }
    }
    None
}

/// Whether a line is what is quoted, or begins so where the quotation breaks off.
fn says(line: &str, quoted: &str) -> bool {
    quoted.strip_suffix('…').map_or(line == quoted, |begin| line.starts_with(begin.trim_end()))
}

#[test]
fn a_quotation_is_held_to_its_text() {
    let text = "one\n    two\nthree and more\nfour\n";
    assert_eq!(missing("one\ntwo\n", text), None);
    assert_eq!(missing("two\n…\nfour\n", text), None);
    assert_eq!(missing("three …\nfour\n", text), None);
    assert!(missing("one\nfour\n", text).is_some(), "a line is left out unsaid");
    assert!(missing("four\n// …\none\n", text).is_some(), "the order is another");
    assert!(missing("three\n", text).is_some(), "part of a line");
    assert!(missing("free …\n", text).is_some(), "another beginning");
}

#[test]
fn every_description_of_a_server_is_read_as_one() {
    let blocks = blocks("toml");
    assert!(!blocks.is_empty());
    for (page, block) in blocks {
        let folder = tempfile::tempdir().unwrap();
        // It starts, and ends at once: the description is right, and the server is not.
        let program = folder.path().join("my-cache");
        fs::write(&program, "#!/bin/sh\n").unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let run = verify(folder.path(), &block.text);
        let said = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(4), "{page}: {said}");
        let wrong = verify(folder.path(), &format!("{}\n[starts]\n", block.text));
        assert_eq!(wrong.status.code(), Some(2), "a mistake in it is noticed");
    }
}

fn verify(folder: &Path, described: &str) -> Output {
    let file = folder.join("my-cache.toml");
    fs::write(&file, described).unwrap();
    candlecheck(&["verify", "--only", "A4", "--target", file.to_str().unwrap()])
}

#[test]
fn json_is_json() {
    for (page, block) in blocks("json") {
        let read: Result<Value, _> = serde_json::from_str(&block.text);
        assert!(read.is_ok(), "{page}: {read:?}");
    }
}

#[test]
#[ignore = "takes long: cargo test -- --include-ignored"]
fn the_report_of_the_readme_is_a_real_one() {
    let [(page, shown)] = &blocks("text").into_iter().filter(|(page, _)| page == "README.md").collect::<Vec<_>>()[..]
    else {
        panic!("the README has no report, or several")
    };
    let (command, shown) = shown.text.split_once('\n').unwrap();
    let arguments: Vec<&str> = command.strip_prefix("$ cargo run -- ").unwrap().split_whitespace().collect();
    let run = candlecheck(&arguments);
    let said = String::from_utf8_lossy(&run.stdout);
    assert_eq!(run.status.code(), Some(1), "{said}{}", String::from_utf8_lossy(&run.stderr));
    let missing = missing(&timeless(shown), &timeless(&said));
    assert!(missing.is_none(), "{page}: {command} does not say {}, but\n{said}", missing.unwrap_or_default());
}

/// A report without what each run measures anew.
fn timeless(report: &str) -> String {
    let words = report.split_inclusive([' ', '\n']).map(|word| match word.trim_end() {
        number if number.parse::<f64>().is_ok() => word.replace(number, "0"),
        _ => word.to_owned(),
    });
    words.collect::<String>().replace("  ", " ")
}
