//! A. Cache keys: the name of an answer decides which requests it is served to.

automod::dir!("src/a_cache_keys");
