//! The attributes that the contract lists, by kind of item.

use crate::dynamodb::Item;

const CANDLE: &[&str] = &[
    "ExpiresAt",
    "PK",
    "SK",
    "adjusted_by",
    "close",
    "fetched_at",
    "fetched_window",
    "high",
    "is_closed",
    "low",
    "on_ex_date",
    "open",
    "volume",
];
const LOCK: &[&str] = &["ExpiresAt", "LockHolder", "PK", "SK", "fence"];
/// Which window is complete is for a server to name; when, and under which fence, is not.
const COVERAGE: &[&str] = &["ExpiresAt", "PK", "SK", "absent", "confirmed_at", "fence", "fetched_at"];
const ACTION: &[&str] = &["ExpiresAt", "PK", "SK", "ex_date", "known_at"];

/// An attribute that its kind of item does not have, in words.
pub(super) fn unlisted(item: &Item) -> Option<String> {
    let (pk, sk) = (item.s("PK")?, item.s("SK")?);
    let (kind, listed) = if pk.starts_with("LOCK#") {
        ("lock", LOCK)
    } else if sk.split_once('#').is_some_and(|(resolution, _)| ["1", "5", "15", "30", "60", "D"].contains(&resolution))
    {
        ("candle", CANDLE)
    } else if sk.starts_with("ACTION#") {
        ("latest action", ACTION)
    } else {
        ("coverage record", COVERAGE)
    };
    let extra = item.names().find(|name| !listed.contains(name))?;
    Some(format!("`{extra}` in the {kind} {pk} {sk}"))
}
