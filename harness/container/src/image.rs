//! The image of DynamoDB Local: which one, and how it gets here.

use testcontainers::bollard::Docker;
use testcontainers::runners::AsyncRunner;
use testcontainers::{ContainerRequest, GenericImage};

use crate::absence::Absence;

/// Its name, on Docker Hub and here.
pub(crate) const NAME: &str = "amazon/dynamodb-local";
/// Its tag, which is the version of DynamoDB Local: what it answers is part of what a result says.
pub(crate) const VERSION: &str = "3.3.0";

/// An image that is here.
pub(crate) struct Image {
    /// Name and tag.
    pub(crate) tag: String,
    /// Its digest in the registry that it comes from; of one that was built here, its ID.
    pub(crate) digest: String,
}

/// The image, pulled when it is not here yet.
pub(crate) async fn image(docker: &Docker, say: impl Fn(&str)) -> Result<Image, Absence> {
    let tag = format!("{NAME}:{VERSION}");
    if let Some(digest) = digest(docker, &tag).await {
        return Ok(Image { tag, digest });
    }
    say(&format!("pulling the image {tag}, once; about 120 MB"));
    let request: ContainerRequest<GenericImage> = GenericImage::new(NAME, VERSION).into();
    let pulled = request.pull_image().await;
    match (pulled, digest(docker, &tag).await) {
        (Ok(_), Some(digest)) => Ok(Image { tag, digest }),
        (pulled, _) => {
            let cause = pulled.err().map_or_else(|| "it is not there afterwards".into(), |cause| cause.to_string());
            let advice = "`docker pull` must work, or build it from packages with `cargo run -- image`";
            Err(Absence::Missing(format!("the image {tag} cannot be pulled: {cause}; {advice}")))
        }
    }
}

/// What tells this image from every other; nothing when it is not here.
pub(crate) async fn digest(docker: &Docker, tag: &str) -> Option<String> {
    let image = docker.inspect_image(tag).await.ok()?;
    let of_registry = image.repo_digests.unwrap_or_default().into_iter().next();
    of_registry.or_else(|| image.id.map(|id| format!("{id}, built here")))
}
