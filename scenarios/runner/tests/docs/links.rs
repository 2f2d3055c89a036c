//! Every link between pages leads somewhere, and to a heading that is there.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use crate::page::{Page, root};

#[test]
fn every_link_leads_somewhere() {
    let pages = Page::all();
    let anchors: BTreeMap<&Path, Vec<String>> = pages.iter().map(|page| (page.path.as_path(), anchors(page))).collect();
    let (mut checked, mut wrong) = (0, Vec::new());
    for page in &pages {
        for link in links(page).filter(|link| !link.contains("://")) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = match path {
                "" => page.path.clone(),
                _ => plain(&page.path.with_file_name(path)),
            };
            let is_page = target.extension().is_some_and(|end| end == "md");
            let problem = match anchors.get(target.as_path()) {
                _ if !root().join(&target).is_file() => Some("there is no such file"),
                Some(anchors) if !anchor.is_empty() && !anchors.iter().any(|known| known == anchor) => {
                    Some("that page has no such heading")
                }
                // A book holds pages and pictures, so a file of the source is named and not linked.
                _ if !is_page && target.extension().is_none_or(|end| end != "png") => Some("that is no page"),
                _ => None,
            };
            wrong.extend(problem.map(|problem| format!("{} links to {link}: {problem}", page.path.display())));
            checked += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked >= 30, "only {checked} links were found, so this test no longer reads them");
}

/// Where the links of a page lead.
fn links(page: &Page) -> impl Iterator<Item = &str> {
    // Outside of inline code, in which brackets are brackets.
    let prose = page.prose.split('`').step_by(2);
    prose.flat_map(|prose| prose.split("](").skip(1)).filter_map(|rest| Some(rest.split_once(')')?.0))
}

/// The anchors of a page: those of its headings, and those that it sets itself.
fn anchors(page: &Page) -> Vec<String> {
    let headings =
        page.prose.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let named = page.prose.split("<a id=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()));
    headings.map(slug).chain(named).collect()
}

/// As a heading becomes an anchor.
fn slug(heading: &str) -> String {
    if let Some((_, named)) = heading.strip_suffix('}').and_then(|heading| heading.rsplit_once("{#")) {
        return named.to_owned();
    }
    let kept = heading.chars().filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
    kept.map(|letter| if letter == ' ' { '-' } else { letter.to_ascii_lowercase() }).collect()
}

/// A path without `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => _ = plain.pop(),
            part => plain.push(part),
        }
    }
    plain
}
