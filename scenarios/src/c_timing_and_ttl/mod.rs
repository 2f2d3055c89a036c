//! C. Timing and TTL: which clock counts, which time zone decides the day, and how long data stays fresh.

automod::dir!("src/c_timing_and_ttl");
