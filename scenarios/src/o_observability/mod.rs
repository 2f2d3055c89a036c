//! O. Observability: what an operator learns of a request from its log lines, its spans and the metrics.

automod::dir!("src/o_observability");
