//! Provider keys: given directly, or in a file that is read again when the provider refuses what it held.

use std::path::PathBuf;

use secrecy::SecretString;

/// Where a provider's key comes from. Never shown in Debug output.
#[derive(Debug, Clone)]
pub enum Credential {
    /// The key itself.
    Given(SecretString),
    /// The file that holds it.
    File(PathBuf),
}

/// A key that cannot be read, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the key from {}: {cause}; let this user read the file, or name another one", path.display())]
pub struct Unreadable {
    /// The file.
    pub path: PathBuf,
    /// What the system said.
    pub cause: std::io::Error,
}

/// Whether a text may be a key at all: one word of ASCII.
pub fn is_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

impl Credential {
    /// The key as it is now.
    ///
    /// # Errors
    /// When its file cannot be read.
    pub async fn read(&self) -> Result<SecretString, Unreadable> {
        match self {
            Self::Given(key) => Ok(key.clone()),
            Self::File(path) => {
                let text = tokio::fs::read_to_string(path).await.and_then(|text| match is_key(text.trim()) {
                    true => Ok(SecretString::from(text.trim())),
                    false => Err(std::io::Error::other("it does not hold exactly one key")),
                });
                text.map_err(|cause| Unreadable { path: path.clone(), cause })
            }
        }
    }
}
