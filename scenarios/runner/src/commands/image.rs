//! `candlecheck image`: the image of the container tier, for machines that cannot pull it.

use anyhow::Context;
use harness::dynamodb::build_image;

use super::output;
use crate::exit::Exit;

/// Builds the image from packages, and prints its digest.
pub(crate) fn image() -> Result<u8, Exit> {
    let runtime = tokio::runtime::Runtime::new().context("starting the runtime")?;
    let digest = runtime.block_on(build_image(|progress| eprintln!("candlecheck: {progress}")))?;
    output::write(&format!("{digest}\n"), None)?;
    Ok(0)
}
