//! C. Timing and TTL: whose clock counts, whose day it is, and how long anything stays good.

automod::dir!("src/c_timing_and_ttl");
