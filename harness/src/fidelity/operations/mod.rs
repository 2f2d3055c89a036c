//! The battery: every operation as a literal in one place, a file for each theme.
//!
//! An operation is added by a literal in the file of its theme, and nowhere else.

mod attributes;
mod batch_get;
mod batch_write;
mod conditions;
mod expressions;
mod forged;
mod items;
mod keys;
mod limits;
mod numbers;
mod paging;
mod protocol;
mod query;
mod scan;
mod starting_points;
mod tables;
mod ttl;
mod updates;

use super::operation::Operation;

/// Every operation, theme by theme.
pub fn all() -> Vec<Operation> {
    let themes: [&[Operation]; 17] = [
        items::OPERATIONS,
        query::OPERATIONS,
        paging::OPERATIONS,
        scan::OPERATIONS,
        conditions::OPERATIONS,
        updates::OPERATIONS,
        batch_write::OPERATIONS,
        batch_get::OPERATIONS,
        expressions::OPERATIONS,
        keys::OPERATIONS,
        attributes::OPERATIONS,
        numbers::OPERATIONS,
        limits::OPERATIONS,
        tables::OPERATIONS,
        ttl::OPERATIONS,
        protocol::OPERATIONS,
        forged::OPERATIONS,
    ];
    themes.concat()
}
