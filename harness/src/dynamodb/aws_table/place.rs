//! Where a table of one's own is, and in whose name it is asked.

use aws_config::{BehaviorVersion, Region};
use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;

use super::Signer;
use crate::dynamodb::{Endpoint, TierError};

/// What is signed for where nobody checks it.
const ANY_REGION: &str = "us-east-1";

/// A place as people name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The real DynamoDB, with the credentials and in the region that the AWS SDK finds.
    Aws,
    /// Whatever listens at this URL.
    Url(String),
}

impl Place {
    /// How it is reached. Over TLS it is asked in the user's name, and so in plain HTTP if the environment has
    /// credentials.
    pub(crate) async fn endpoint(&self) -> Result<Endpoint, TierError> {
        match self {
            Self::Url(url) if url.starts_with("http://") => {
                let endpoint = Endpoint::at(url);
                Ok(match from_environment() {
                    Some(signer) => endpoint.signed_by(signer),
                    None => endpoint,
                })
            }
            Self::Url(url) => {
                let (signer, _) = found().await?;
                Ok(Endpoint::at(url).signed_by(signer))
            }
            Self::Aws => {
                let (signer, url) = found().await?;
                let url = url.unwrap_or_else(|| address(signer.region()));
                Ok(Endpoint::at(url).signed_by(signer))
            }
        }
    }
}

/// Where DynamoDB is in this region.
fn address(region: &str) -> String {
    let domain = if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" };
    format!("https://dynamodb.{region}.{domain}")
}

/// What the AWS SDK finds: environment, profile, role. And the endpoint, if one is set.
async fn found() -> Result<(Signer, Option<String>), TierError> {
    let http = aws_smithy_http_client::Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https();
    let config = aws_config::defaults(BehaviorVersion::latest()).http_client(http).load().await;
    let absent = |what: &str, advice: &str| TierError::NotThere(format!("there is no AWS {what}: {advice}"));
    let region = config.region().map(Region::to_string);
    let region = region.ok_or_else(|| absent("region", "set AWS_REGION, or choose a profile with AWS_PROFILE"))?;
    let provider = config.credentials_provider();
    let provider = provider.ok_or_else(|| absent("credentials provider", "set AWS_PROFILE or AWS_ACCESS_KEY_ID"))?;
    let credentials = provider.provide_credentials().await.map_err(|cause| {
        let advice = "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; `aws sts get-caller-identity` \
            must answer";
        TierError::NotThere(format!("there are no AWS credentials: {cause}; {advice}"))
    })?;
    Ok((Signer::new(credentials, region), config.endpoint_url().map(str::to_owned)))
}

/// The credentials that the environment names outright, if it does.
#[expect(clippy::disallowed_methods, reason = "about the user's own table, not about a server")]
fn from_environment() -> Option<Signer> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let (id, secret) = (variable("AWS_ACCESS_KEY_ID")?, variable("AWS_SECRET_ACCESS_KEY")?);
    let credentials = Credentials::new(id, secret, variable("AWS_SESSION_TOKEN"), None, "environment");
    let region = variable("AWS_REGION").unwrap_or_else(|| ANY_REGION.into());
    Some(Signer::new(credentials, region))
}
