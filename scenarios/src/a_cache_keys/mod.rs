//! A. Cache keys: what an answer is called decides who is served it.

automod::dir!("src/a_cache_keys");
