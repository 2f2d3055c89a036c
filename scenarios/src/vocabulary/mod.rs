//! What several categories say in the same words: an open breaker, a short deadline, the three layers of one answer.

automod::dir!(pub(crate) "src/vocabulary");
