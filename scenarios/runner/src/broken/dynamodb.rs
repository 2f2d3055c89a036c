//! A DynamoDB client that misbehaves: it sees each call as it leaves the SDK, and each answer before the SDK does.

use std::sync::Arc;

use aws_sdk_dynamodb::config::{HttpClient, SharedHttpClient};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::http::StatusCode;
use futures_util::future::BoxFuture;
use http_body_util::BodyExt;
use ohlc_server::Ports;
use serde_json::{Value, json};

/// A call of the SDK's, of DynamoDB or of whoever gives credentials.
pub(crate) struct Call {
    /// `Query`; empty where credentials are asked for.
    pub(crate) operation: String,
    /// What is asked.
    pub(crate) body: Value,
    request: HttpRequest,
}

/// What came back.
pub(crate) struct Answer {
    /// What was answered.
    pub(crate) body: Value,
    response: HttpResponse,
}

/// What a call comes to.
pub(crate) type Answered = Result<Answer, ConnectorError>;

/// Carries calls to where they were going.
#[derive(Clone)]
pub(crate) struct Wire(SharedHttpConnector);

/// Lets calls pass through `broken`.
pub(crate) fn calls(
    ports: &mut Ports,
    broken: impl Fn(Call, Wire) -> BoxFuture<'static, Answered> + Send + Sync + 'static,
) {
    let broken = Arc::new(broken);
    clients(ports, move |client| {
        let broken = Arc::clone(&broken);
        http_client_fn(move |settings, components| {
            let (wire, broken) = (Wire(client.http_connector(settings, components)), Arc::clone(&broken));
            SharedHttpConnector::new(Connector { wire, broken })
        })
    });
}

/// Puts another HTTP client in the place of the one that each instance starts with.
pub(crate) fn clients(
    ports: &mut Ports,
    broken: impl Fn(SharedHttpClient) -> SharedHttpClient + Send + Sync + 'static,
) {
    let sound = Arc::clone(&ports.dynamodb.http);
    ports.dynamodb.http = Arc::new(move |aws| broken(sound(aws)));
}

impl Call {
    fn of(request: HttpRequest) -> Self {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
        let body = request.body().bytes().and_then(|bytes| serde_json::from_slice(bytes).ok()).unwrap_or_default();
        Self { operation, body, request }
    }

    /// The same call with another body.
    pub(crate) fn with(&self, body: Value) -> Option<Self> {
        Some(Self { operation: self.operation.clone(), body, request: self.request.try_clone()? })
    }

    /// The write requests of a batch.
    pub(crate) fn writes(&mut self) -> Vec<&mut Value> {
        let tables = self.body["RequestItems"].as_object_mut().into_iter().flat_map(|tables| tables.values_mut());
        tables.filter_map(Value::as_array_mut).flatten().collect()
    }

    /// Whether it puts a batch of candles.
    pub(crate) fn puts_candles(&mut self) -> bool {
        self.operation == "BatchWriteItem" && self.writes().iter().any(|write| write["PutRequest"].is_object())
    }

    /// Whether it puts the record that a window is complete.
    pub(crate) fn puts_a_record(&self) -> bool {
        self.operation == "PutItem" && self.body["Item"]["absent"].is_object()
    }

    fn into_request(self) -> HttpRequest {
        let Self { operation, body, mut request } = self;
        if !operation.is_empty() {
            let bytes = body.to_string().into_bytes();
            request.headers_mut().insert("content-length", bytes.len().to_string());
            *request.body_mut() = bytes.into();
        }
        request
    }
}

impl Wire {
    /// Sends a call, and waits for its answer.
    pub(crate) async fn send(&self, call: Call) -> Answered {
        let mut response = self.0.call(call.into_request()).await?;
        let body = std::mem::replace(response.body_mut(), "".into());
        let bytes = body.collect().await.map_err(ConnectorError::io)?.to_bytes();
        Ok(Answer { body: serde_json::from_slice(&bytes).unwrap_or_default(), response })
    }
}

impl Answer {
    /// What DynamoDB answers to a write that it has carried out.
    pub(crate) fn done() -> Answered {
        let status = StatusCode::try_from(200).map_err(|cause| ConnectorError::other(cause.into(), None))?;
        Ok(Self { body: json!({"UnprocessedItems": {}}), response: HttpResponse::new(status, "".into()) })
    }

    /// Whether DynamoDB failed.
    pub(crate) fn is_failure(&self) -> bool {
        !self.response.status().is_success() && !self.is_refusal()
    }

    /// Whether a condition did not hold.
    pub(crate) fn is_refusal(&self) -> bool {
        let kind = self.body["__type"].as_str().unwrap_or_default();
        kind.ends_with("ConditionalCheckFailedException")
    }

    fn into_response(self) -> HttpResponse {
        let Self { body, mut response } = self;
        let bytes = body.to_string().into_bytes();
        response.headers_mut().remove("x-amz-crc32");
        response.headers_mut().insert("content-length", bytes.len().to_string());
        *response.body_mut() = bytes.into();
        response
    }
}

struct Connector<B> {
    wire: Wire,
    broken: Arc<B>,
}

impl<B> std::fmt::Debug for Connector<B> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connector").finish_non_exhaustive()
    }
}

impl<B> HttpConnector for Connector<B>
where
    B: Fn(Call, Wire) -> BoxFuture<'static, Answered> + Send + Sync + 'static,
{
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let answered = (self.broken)(Call::of(request), self.wire.clone());
        HttpConnectorFuture::new(async move { Ok(answered.await?.into_response()) })
    }
}
