//! When stored candles expire.

use harness::{Lab, Stop, Verdict, expect};

/// Seconds in 90 days: how long the table keeps a finished candle.
pub(crate) const LONG: i64 = 90 * 86_400;
/// Seconds in 5 minutes: how long it keeps a candle whose session is still trading.
pub(crate) const SHORT: i64 = 300;

/// Seconds from now until the stored candle with this sort key expires.
pub(crate) async fn seconds_left(lab: &Lab, partition: &str, sort_key: &str) -> Verdict<i64> {
    let items = lab.table.items_under(partition).await?;
    let item = items.iter().find(|item| item.s("SK") == Some(sort_key));
    let item = expect(format!("the stored candle {partition} {sort_key}"), item).is_there()?;
    let expires_at = expect("its ExpiresAt", item.n("ExpiresAt")).is_there()?;
    let seconds: i64 = expires_at.parse().map_err(|_| Stop::Broken(format!("ExpiresAt is {expires_at}")))?;
    Ok(seconds - lab.now().timestamp())
}
