//! The battery: every operation as a literal in one place, a file for each theme.
//!
//! An operation is added by a literal in the file of its theme, and nowhere else.

mod across_types;
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
mod page_edges;
mod paging;
mod protocol;
mod query;
mod scan;
mod starting_points;
mod tables;
mod transactions;
mod ttl;
mod updates;
mod written_numbers;

use super::operation::Operation;

/// Every operation, theme by theme.
pub fn all() -> Vec<Operation> {
    let themes: [&[Operation]; 21] = [
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
        written_numbers::OPERATIONS,
        across_types::OPERATIONS,
        page_edges::OPERATIONS,
        transactions::OPERATIONS,
    ];
    themes.concat()
}
