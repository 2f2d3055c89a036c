//! Files that describe a server that is not ours.

use harness::targets::external::Foreign;

use crate::inputs::all_hold;

const WORDS: &[&str] = &[
    "[start]\n",
    "[controls]\n",
    "[dialect]\n",
    "command = [\"./server\"]\n",
    "url = \"http://127.0.0.1:1\"\n",
    "ready = \"/healthz\"\n",
    "{port}",
    "{table}",
    "{env.HOME}",
    "{",
    "}",
    "=",
    "\"",
    "[[",
    "]]",
    "true",
    "1e999",
    "name = \"x\"\n",
];

#[test]
fn a_file_describes_a_server_or_is_told_what_is_wrong_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("target.toml");
    all_hold("targets", WORDS, 500, |input| {
        std::fs::write(&file, input).expect("a file");
        if let Err(wrong) = Foreign::read(&file, &|_| None) {
            assert!(wrong.to_string().contains("target.toml"), "{wrong}");
        }
    });
}
