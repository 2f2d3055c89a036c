//! A Java runtime that has what DynamoDB Local uses, and the C libraries that both need.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::tools::run;
use crate::absence::Absence;

/// The modules of Java that DynamoDB Local asks for.
const MODULES: &str = "java.base,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,\
    java.security.jgss,java.sql,java.xml,jdk.crypto.ec,jdk.unsupported,jdk.zipfs";
/// What of the runtime is loaded. The rest is for windows and sound.
const LOADED: [&str; 8] = [
    "bin/java",
    "lib/libjava.so",
    "lib/libmanagement.so",
    "lib/libnet.so",
    "lib/libnio.so",
    "lib/libverify.so",
    "lib/libzip.so",
    "lib/server/libjvm.so",
];

/// Makes the runtime at `java`, and copies C libraries to where they are on this machine, within `root`.
pub(super) fn make(root: &Path, java: &Path, local: &Path) -> Result<(), Absence> {
    let options = ["--strip-debug", "--no-header-files", "--no-man-pages", "--add-modules", MODULES, "--output"];
    run("jlink", &[&options[..], &[&java.to_string_lossy()]].concat())?;
    let sqlite = match std::env::consts::ARCH {
        "aarch64" => "libsqlite4java-linux-aarch64.so",
        _ => "libsqlite4java-linux-amd64.so",
    };
    let loaded = LOADED.iter().map(|file| java.join(file)).chain([local.join("DynamoDBLocal_lib").join(sqlite)]);
    let mut libraries = BTreeSet::new();
    for file in loaded {
        libraries.extend(needed(&run("ldd", &[&file.to_string_lossy()])?, root));
    }
    for library in libraries {
        copy(&library, root)?;
    }
    Ok(())
}

/// The libraries of this machine that `ldd` names: `libz.so.1 => /lib/x86_64-linux-gnu/libz.so.1 (0x…)`.
fn needed(ldd: &str, root: &Path) -> Vec<PathBuf> {
    let paths = ldd.lines().filter_map(|line| line.split_whitespace().find(|word| word.starts_with('/')));
    paths.map(PathBuf::from).filter(|path| !path.starts_with(root)).collect()
}

fn copy(library: &Path, root: &Path) -> anyhow::Result<()> {
    let copy = root.join(library.strip_prefix("/").unwrap_or(library));
    fs::create_dir_all(copy.parent().unwrap_or(root)).context("a folder for a library")?;
    fs::copy(library, &copy).with_context(|| format!("copying {}", library.display()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_of_the_machine_are_told_from_the_runtime_s_own() {
        let ldd = "\tlinux-vdso.so.1 (0x00007f)\n\tlibjli.so => /build/root/opt/java/lib/libjli.so (0x00007f)\n\
            \tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)\n\t/lib64/ld-linux-x86-64.so.2 (0x00007f)\n";
        let needed = needed(ldd, Path::new("/build/root"));
        assert_eq!(needed, [Path::new("/lib/x86_64-linux-gnu/libc.so.6"), Path::new("/lib64/ld-linux-x86-64.so.2")]);
    }
}
