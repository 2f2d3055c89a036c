//! R. Regressions: one for each bug that was fixed, by the number of its issue, with the defect that brings it back.

automod::dir!("src/r_regressions");
