//! The signature that AWS would compute from a request, step by step as its documentation describes version 4.

use ring::digest::{SHA256, digest};
use ring::hmac::{HMAC_SHA256, Key, sign};
use wiremock::Request;

/// The signature that an Authorization header claims.
pub(crate) fn claimed(authorization: &str) -> String {
    part(authorization, "Signature=").to_owned()
}

/// The signature that this request has to have, if this secret signed it for DynamoDB in this region.
pub(crate) fn of(request: &Request, secret: &str, region: &str) -> String {
    let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let signed = part(header("authorization"), "SignedHeaders=").to_owned();
    let headers: String = signed.split(';').map(|name| format!("{name}:{}\n", header(name).trim())).collect();
    let body = hex(digest(&SHA256, &request.body).as_ref());
    let canonical = format!("{}\n{}\n\n{headers}\n{signed}\n{body}", request.method, request.url.path());
    let time = header("x-amz-date");
    let day = &time[..8];
    let scope = format!("{day}/{region}/dynamodb/aws4_request");
    let hash = hex(digest(&SHA256, canonical.as_bytes()).as_ref());
    let to_sign = format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{hash}");
    let start = format!("AWS4{secret}").into_bytes();
    let key = [day, region, "dynamodb", "aws4_request"].iter().fold(start, |key, step| mac(&key, step));
    hex(&mac(&key, &to_sign))
}

fn part<'a>(authorization: &'a str, name: &str) -> &'a str {
    authorization.split_once(name).map_or("", |(_, rest)| rest.split(',').next().unwrap_or_default().trim())
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    sign(&Key::new(HMAC_SHA256, key), text.as_bytes()).as_ref().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
