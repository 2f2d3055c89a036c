//! Which host a request is for. We serve one alone, but a request that names none, or two, is read by somebody on its way
//! in another way than by us.

use axum::http::header::HOST;
use axum::http::{HeaderMap, Version};

/// Whether a request names its host as HTTP/1.1 wants it: once, and in letters that a host may have. An older one need
/// not.
pub fn names_its_host(version: Version, headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().is_ok_and(|host| !host.contains([' ', '\t', ',', '/', '@'])),
        (None, _) => version < Version::HTTP_11,
        (Some(_), Some(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, Version, header::HOST};

    use super::names_its_host;

    #[test]
    fn a_host_is_named_once() {
        let named = |version, hosts: &[&'static str]| {
            let hosts = hosts.iter().map(|host| (HOST, HeaderValue::from_static(host)));
            let mut headers = HeaderMap::new();
            hosts.for_each(|(name, host)| _ = headers.append(name, host));
            names_its_host(version, &headers)
        };
        for hosts in [&["127.0.0.1:8000"][..], &["example.com"], &["[::1]:8000"], &[""]] {
            assert!(named(Version::HTTP_11, hosts), "{hosts:?}");
        }
        for hosts in [&[][..], &["one", "one"], &["one", "two"], &["one, two"], &["a b"], &["a/b"], &["me@one"]] {
            assert!(!named(Version::HTTP_11, hosts), "{hosts:?}");
        }
        assert!(named(Version::HTTP_10, &[]) && !named(Version::HTTP_10, &["one", "two"]));
    }
}
