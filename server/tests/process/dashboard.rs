//! The dashboard as a browser gets it: its page, its assets, and nothing else of the folder or around it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::binary::Binary;
use crate::client::get;

/// A folder as a build leaves it, with something in it and beside it that is nobody's business.
fn built(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).join("dist");
    fs::create_dir_all(folder.join("assets")).unwrap();
    fs::write(folder.join("index.html"), "<!doctype html><title>page</title>").unwrap();
    for (file, content) in [("page-1a2b.js", "script"), ("page-1a2b.css", "style"), ("notes.txt", "secret")] {
        fs::write(folder.join("assets").join(file), content).unwrap();
    }
    fs::write(folder.join("../outside.js"), "secret").unwrap();
    folder
}

#[test]
fn the_page_and_its_assets_come_with_a_policy_and_the_caching_that_fits_them() {
    let folder = built("served");
    let server = Binary::start_with(&[("OHLC_DASHBOARD_DIR", folder.to_str().unwrap())]);
    let address = server.address();
    let expected = [
        ("/tickers/GOOG?range=1Y", "text/html; charset=utf-8", "no-cache", "<title>page</title>"),
        ("/assets/page-1a2b.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", "script"),
        ("/assets/page-1a2b.css", "text/css; charset=utf-8", "public, max-age=31536000, immutable", "style"),
    ];
    for (path, content_type, caching, content) in expected {
        let (status, answer) = get(address, path);
        assert_eq!(status, 200, "{path}: {answer}");
        for words in [
            &format!("content-type: {content_type}\r\n"),
            &format!("cache-control: {caching}\r\n"),
            "content-security-policy: default-src 'none'; script-src 'self';",
            "x-content-type-options: nosniff\r\n",
            content,
        ] {
            assert!(answer.contains(words), "no {words:?} in {answer}");
        }
    }
    // Who runs a server of their own hands out no token: the page asks for one.
    let (status, answer) = get(address, "/dashboard.json");
    assert!(status == 200 && answer.ends_with(r#"{"token":null}"#), "{answer}");
    assert!(answer.contains("cache-control: no-store\r\n"), "{answer}");
}

#[test]
fn nothing_but_assets_is_served() {
    let folder = built("closed");
    let server = Binary::start_with(&[("OHLC_DASHBOARD_DIR", folder.to_str().unwrap())]);
    let address = server.address();
    let paths = [
        "/assets/none.js",
        "/assets/notes.txt",
        "/assets/../index.html",
        "/assets/../../outside.js",
        "/assets/..%2f..%2foutside.js",
        "/assets/%2e%2e%2f%2e%2e%2foutside.js",
        "/assets//etc/passwd",
        "/assets/%2fetc%2fpasswd",
        "/assets/",
        "/tickers/",
        "/",
    ];
    for path in paths {
        let (status, answer) = get(address, path);
        assert_eq!(status, 404, "{path}: {answer}");
        assert!(answer.contains(r#""code":"no_such_route""#) && !answer.contains("secret"), "{path}: {answer}");
    }
}

#[test]
fn a_link_is_good_inside_the_folder_and_stops_the_start_where_it_leads_out() {
    let folder = built("linked");
    let assets = folder.join("assets");
    let link = |target: &str, name: &str| {
        let _ = fs::remove_file(assets.join(name));
        std::os::unix::fs::symlink(target, assets.join(name)).unwrap();
    };
    link("page-1a2b.js", "same.js");
    // What an earlier run has left.
    let _ = fs::remove_file(assets.join("other.js"));
    // The folder may be a link itself, as a release that is switched.
    let current = folder.with_file_name("current");
    let _ = fs::remove_file(&current);
    std::os::unix::fs::symlink(&folder, &current).unwrap();
    let server = Binary::start_with(&[("OHLC_DASHBOARD_DIR", current.to_str().unwrap())]);
    let (status, answer) = get(server.address(), "/assets/same.js");
    assert!(status == 200 && answer.ends_with("script"), "{answer}");

    for target in ["../../outside.js", "/etc/passwd", "/dev/zero"] {
        link(target, "other.js");
        let refused = Binary::start_with(&[("OHLC_DASHBOARD_DIR", folder.to_str().unwrap())]).ends();
        assert_eq!((refused.code, refused.stdout.as_str()), (Some(2), ""), "{refused:?}");
        for words in ["OHLC_DASHBOARD_DIR", "other.js is a link that leads out of it"] {
            assert!(refused.stderr.contains(words), "no {words:?} in {refused:?}");
        }
    }
}

#[test]
fn without_the_setting_there_is_no_dashboard() {
    let server = Binary::start_with(&[]);
    let address = server.address();
    for path in ["/tickers/GOOG", "/assets/page-1a2b.js", "/dashboard.json"] {
        assert_eq!(get(address, path).0, 404, "{path}");
    }
}
