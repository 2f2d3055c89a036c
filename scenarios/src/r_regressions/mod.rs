//! R. Regressions: one for each fixed bug, numbered by its issue, with the defect that brings the bug back.

automod::dir!("src/r_regressions");
