//! The pages of this project: every Markdown file, read into prose and blocks of code.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders in which nothing is the project's own.
const NOT_OURS: [&str; 4] = ["node_modules", "results", "target", "test-results"];

/// One page.
pub(crate) struct Page {
    /// From the project's root.
    pub(crate) path: PathBuf,
    /// Everything outside of blocks of code.
    pub(crate) prose: String,
    /// Its blocks of code.
    pub(crate) blocks: Vec<Block>,
}

/// A block of code.
pub(crate) struct Block {
    /// What stands behind the fence: `sh`, `rust`.
    pub(crate) language: String,
    pub(crate) text: String,
}

impl Page {
    /// All of them. The changelog is among them, though it may name what is gone.
    pub(crate) fn all() -> Vec<Self> {
        let pages: Vec<_> = files()
            .into_iter()
            .filter(|path| path.extension().is_some_and(|end| end == "md"))
            .map(Self::read)
            .collect();
        assert!(pages.len() >= 15, "only {} pages were found", pages.len());
        pages
    }

    /// Those that tell what there is now.
    pub(crate) fn of_the_present() -> Vec<Self> {
        Self::all().into_iter().filter(|page| page.path != Path::new("CHANGELOG.md")).collect()
    }

    fn read(path: PathBuf) -> Self {
        let text = fs::read_to_string(root().join(&path)).unwrap();
        let (mut prose, mut blocks, mut block) = (String::new(), Vec::new(), None::<Block>);
        for line in text.lines() {
            match (line.trim_start().strip_prefix("```"), &mut block) {
                (Some(language), None) => block = Some(Block { language: language.to_owned(), text: String::new() }),
                (Some(_), Some(_)) => blocks.extend(block.take()),
                (None, Some(block)) => block.text.extend([line, "\n"]),
                (None, None) => prose.extend([line, "\n"]),
            }
        }
        assert!(block.is_none(), "{}: a block of code has no end", path.display());
        Self { path, prose, blocks }
    }

    /// What stands between single backticks.
    pub(crate) fn quoted(&self) -> impl Iterator<Item = &str> {
        self.prose.split('`').skip(1).step_by(2)
    }
}

/// The project's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Every file of the project, from its root, but for what is hidden there.
pub(crate) fn files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    collect(&root(), &root(), &mut files);
    files.sort();
    files
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        let name = name.to_string_lossy();
        if name.starts_with('.') || NOT_OURS.contains(&&*name) || name.starts_with("dist") {
            continue;
        }
        match path.is_dir() {
            true => collect(root, &path, files),
            false => files.push(path.strip_prefix(root).unwrap().to_owned()),
        }
    }
}
