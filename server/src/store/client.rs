//! The one DynamoDB client of an instance, with the SDK's own retry.

use std::sync::Arc;
use std::time::Duration;

use aws_config::{BehaviorVersion, Region};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::{RetryConfig, RetryPartition};
use aws_sdk_dynamodb::config::{Config, Credentials, SharedHttpClient};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::{self, rustls_provider::CryptoMode};
use secrecy::ExposeSecret;

use crate::settings::AwsSettings;

/// How an instance reaches AWS.
#[derive(Clone)]
pub struct Connection {
    /// The HTTP client beneath DynamoDB's, which also asks for credentials.
    pub http: Arc<dyn Fn(&AwsSettings) -> SharedHttpClient + Send + Sync>,
    /// What may be spent on sending failed calls again. Each instance has its own: the SDK would let all clients of a
    /// process share one budget, so that what one instance meets leaves another without a second attempt.
    pub retry_budget: RetryPartition,
}

impl Default for Connection {
    fn default() -> Self {
        Self { http: Arc::new(http_client), retry_budget: RetryPartition::custom("instance").build() }
    }
}

/// HTTP for DynamoDB, and for whoever gives credentials; over ring. Without TLS when all of it is set and nobody speaks
/// it, as beside an emulator: the certificates of the system would be read for nothing, which is most of a start.
fn http_client(aws: &AwsSettings) -> SharedHttpClient {
    let plain = aws.endpoint.as_ref().is_some_and(|url| url.starts_with("http:"));
    match plain && aws.credentials.is_some() {
        true => Builder::new().build_http(),
        false => Builder::new().tls_provider(tls::Provider::Rustls(CryptoMode::Ring)).build_https(),
    }
}

/// The client over this connection, which makes so many attempts at a call, with this pause before the second.
pub async fn connect(aws: &AwsSettings, connection: &Connection, attempts: u32, backoff: Duration) -> Client {
    let retry = RetryConfig::standard().with_max_attempts(attempts).with_initial_backoff(backoff);
    let http = (connection.http)(aws);
    let mut loader = aws_config::defaults(BehaviorVersion::latest()).http_client(http).retry_config(retry);
    if let Some(region) = &aws.region {
        loader = loader.region(Region::new(region.clone()));
    }
    if let Some((id, key, token)) = &aws.credentials {
        let token = token.as_ref().map(|token| token.expose_secret().to_owned());
        loader = loader.credentials_provider(Credentials::new(id, key.expose_secret(), token, None, "settings"));
    }
    if let Some(endpoint) = &aws.endpoint {
        loader = loader.endpoint_url(endpoint);
    }
    let found = loader.load().await;
    let config = Config::from(&found).to_builder().retry_partition(connection.retry_budget.clone());
    Client::from_conf(config.build())
}
