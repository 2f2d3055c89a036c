//! Credentials for AWS that change, as a container's agent hands them out.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::json;
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

/// Where they are handed out.
const PATH: &str = "/credentials";
/// In the past for the SDK, which goes by the machine's clock: it asks again whenever it needs them.
const EXPIRATION: &str = "2026-02-03T22:00:00Z";

/// Hands out credentials until it is dropped.
pub struct Credentials {
    agent: MockServer,
    access_key: Arc<Mutex<String>>,
}

impl Credentials {
    /// Hands out credentials of this access key.
    pub async fn of(access_key: &str) -> Self {
        let (agent, shared) = (MockServer::start().await, Arc::new(Mutex::new(access_key.to_owned())));
        let access_key = Arc::clone(&shared);
        let hand_out = move |_: &wiremock::Request| {
            let id = access_key.lock().unwrap_or_else(PoisonError::into_inner).clone();
            ResponseTemplate::new(200).set_body_json(json!({
                "AccessKeyId": id, "SecretAccessKey": format!("secret-of-{id}"), "Token": format!("token-of-{id}"),
                "Expiration": EXPIRATION,
            }))
        };
        Mock::given(path(PATH)).respond_with(hand_out).mount(&agent).await;
        Self { agent, access_key: shared }
    }

    /// Hands out those of another access key from now on.
    pub fn are_now_of(&self, access_key: &str) {
        access_key.clone_into(&mut self.access_key.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Where they are handed out.
    pub fn url(&self) -> String {
        format!("{}{PATH}", self.agent.uri())
    }
}
