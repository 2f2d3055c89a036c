//! Steps that scenarios of several categories share: an open breaker, a short deadline, the three layers of one answer.

automod::dir!(pub(crate) "src/vocabulary");
