//! Emulators that are programs of their own: dynalite and moto, when they are installed.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail};
use tokio::net::TcpStream;

use super::start::SideError;

/// How often a program is looked at that does not listen yet.
const LOOK: Duration = Duration::from_millis(100);
/// How long it may take until it does.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running emulator. It ends when dropped.
#[derive(Debug)]
pub(super) struct Emulator {
    process: Child,
    /// Where it listens.
    pub(super) url: String,
    /// What it is, with its version.
    pub(super) description: String,
}

impl Emulator {
    /// dynalite, from npm.
    pub(super) async fn dynalite(path: Option<&str>) -> Result<Self, SideError> {
        let program = find("dynalite", path, "`npm install --global dynalite`, which needs Node.js")?;
        let description = format!("dynalite {}", npm_version(&program).unwrap_or_else(|| "of unknown version".into()));
        Ok(Self::start(&program, description, |port| ["--host".into(), "127.0.0.1".into(), "--port".into(), port])
            .await?)
    }

    /// moto, from PyPI.
    pub(super) async fn moto(path: Option<&str>) -> Result<Self, SideError> {
        let program = find("moto_server", path, "`pip install 'moto[server]'`, which needs Python")?;
        let description = format!("moto {}", pip_version(&program).unwrap_or_else(|| "of unknown version".into()));
        Ok(Self::start(&program, description, |port| ["-H".into(), "127.0.0.1".into(), "-p".into(), port]).await?)
    }

    async fn start(
        program: &Path,
        description: String,
        arguments: impl Fn(String) -> [String; 4],
    ) -> anyhow::Result<Self> {
        // Neither program tells which port it got, so it is given one that was free a moment ago.
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let mut command = Command::new(program);
        command.args(arguments(address.port().to_string()));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let process = command.spawn().with_context(|| format!("starting {}", program.display()))?;
        let mut emulator = Self { process, url: format!("http://{address}"), description };
        tokio::time::timeout(PATIENCE, emulator.listens(address))
            .await
            .with_context(|| format!("{} does not listen within {PATIENCE:?}", program.display()))??;
        Ok(emulator)
    }

    async fn listens(&mut self, address: SocketAddr) -> anyhow::Result<()> {
        while TcpStream::connect(address).await.is_err() {
            if let Some(status) = self.process.try_wait()? {
                bail!("{} ended at once, with {status}", self.description);
            }
            tokio::time::sleep(LOOK).await;
        }
        Ok(())
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // Fails when it has ended before, which is as it should be.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A program in one of the folders of `PATH`.
fn find(program: &str, path: Option<&str>, install: &str) -> Result<PathBuf, SideError> {
    let folders = path.map(std::env::split_paths).into_iter().flatten();
    let mut there = folders.map(|folder| folder.join(program)).filter(|file| file.is_file());
    there.next().ok_or_else(|| SideError::NotThere(format!("{program} is not on the PATH: install it with {install}")))
}

/// The version in the package that a program of npm belongs to.
fn npm_version(program: &Path) -> Option<String> {
    let package = std::fs::read(program.canonicalize().ok()?.parent()?.join("package.json")).ok()?;
    let package: serde_json::Value = serde_json::from_slice(&package).ok()?;
    package["version"].as_str().map(str::to_owned)
}

/// The version that the Python of a program of pip has.
fn pip_version(program: &Path) -> Option<String> {
    let script = std::fs::read_to_string(program).ok()?;
    let python = script.lines().next()?.strip_prefix("#!")?;
    let asked = "import importlib.metadata; print(importlib.metadata.version('moto'))";
    let output = Command::new(python).args(["-c", asked]).output().ok()?;
    let version = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| version.trim().to_owned())
}
