//! O. Observability: what an operator sees of a request, and what wakes them.

automod::dir!("src/o_observability");
