//! Docker itself, and what dead runs have left in it.

use std::collections::HashMap;

use anyhow::Context;
use testcontainers::bollard::Docker;
use testcontainers::bollard::query_parameters::{ListContainersOptionsBuilder, RemoveContainerOptionsBuilder};
use testcontainers::core::client::docker_client_instance;

use crate::absence::Absence;
use crate::run::{self, LABEL};

/// Docker, which answers.
pub(crate) async fn connect() -> Result<Docker, Absence> {
    let absent = |cause: String| {
        let advice = "install it and start it (`docker info` must answer), or set DOCKER_HOST, or leave out \
            --dynamodb container";
        Absence::Missing(format!("there is no Docker: {cause}; {advice}"))
    };
    let docker = docker_client_instance().await.map_err(|cause| absent(cause.to_string()))?;
    docker.ping().await.map_err(|cause| absent(cause.to_string()))?;
    Ok(docker)
}

/// Removes the containers of runs that are dead, and counts them.
pub(crate) async fn remove_leftovers(docker: &Docker) -> anyhow::Result<usize> {
    let labelled = HashMap::from([("label", vec![LABEL])]);
    let options = ListContainersOptionsBuilder::default().all(true).filters(&labelled).build();
    let containers = docker.list_containers(Some(options)).await.context("listing containers")?;
    let mut removed = 0;
    for container in containers {
        let labels = container.labels.unwrap_or_default();
        if let Some(id) = container.id.filter(|_| run::is_dead(|label| labels.get(label))) {
            let force = RemoveContainerOptionsBuilder::default().force(true).v(true).build();
            // Another run may have been faster, which is as good.
            removed += usize::from(docker.remove_container(&id, Some(force)).await.is_ok());
        }
    }
    Ok(removed)
}
