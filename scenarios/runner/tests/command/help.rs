//! What `--help` says, word by word. `cargo insta review` accepts a change.

use std::collections::BTreeSet;

use crate::binary::candlecheck;

const COMMANDS: [&str; 9] =
    ["fidelity", "image", "list", "new-regression", "rules", "sanity", "serve", "soak", "verify"];

fn help(arguments: &[&str]) -> String {
    let help = candlecheck(&[arguments, &["--help"]].concat());
    assert_eq!((help.code, help.stderr.as_str()), (Some(0), ""), "{arguments:?}");
    help.stdout
}

fn is_reviewed(name: &str, help: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("help");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, help));
}

#[test]
fn every_command_has_a_reviewed_help() {
    for command in COMMANDS {
        is_reviewed(command, &help(&[command]));
    }
}

#[test]
fn the_help_of_all_is_reviewed_and_names_every_command() {
    let all = help(&[]);
    let (_, listed) = all.split_once("Commands:\n").expect("a list of commands");
    let (listed, _) = listed.split_once("\n\n").expect("its end");
    // A command begins its line; what is said about it may go on in the next.
    let names = listed.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names: BTreeSet<&str> = names.filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(names, COMMANDS.into_iter().chain(["help"]).collect());
    is_reviewed("candlecheck", &all);
}
