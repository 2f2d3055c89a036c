//! What the program says where there is no Docker.

use std::process::{Command, Stdio};

#[test]
fn without_docker_it_says_what_to_do() {
    for arguments in [&[][..], &["image"]] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_candlecheck-container"));
        program.args(arguments).stdin(Stdio::null()).env_clear();
        program.envs([("DOCKER_HOST", "unix:///nonexistent/docker.sock"), ("HOME", "/nonexistent")]);
        let ended = program.output().unwrap();
        assert_eq!(ended.status.code(), Some(1), "{ended:?}");
        let told: serde_json::Value = serde_json::from_slice(&ended.stdout).unwrap();
        let missing = told["missing"].as_str().unwrap();
        for words in ["there is no Docker", "install it and start it", "`docker info` must answer"] {
            assert!(missing.contains(words), "no {words:?} in {missing:?}");
        }
    }
}
