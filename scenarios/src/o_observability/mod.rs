//! O. Observability: what log lines, spans and metrics tell an operator about a request.

automod::dir!("src/o_observability");
