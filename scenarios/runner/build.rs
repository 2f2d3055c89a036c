//! The folder of defects is their list: a file that comes or goes changes the crate, though no line of code names it.

fn main() {
    println!("cargo::rerun-if-changed=src/defects");
}
