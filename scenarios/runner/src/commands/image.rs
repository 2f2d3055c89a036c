//! `candlecheck image`: the image of the container tier, for machines that cannot pull it.

use harness::dynamodb::build_image;

use super::output;
use crate::exit::Exit;

/// Builds the image from packages, and prints its digest.
pub(crate) fn image() -> Result<u8, Exit> {
    let digest = build_image()?;
    output::write(&format!("{digest}\n"), None)?;
    Ok(0)
}
