//! Room for the answers that are being read, of all providers together: each may be long, and there may be many.
//!
//! Nearly all answers are short, so there are many short places. An answer that turns out to be long takes a long place,
//! too, of which there are few. Who waits for a long place has no other, and who has one waits for nobody: there is
//! always somebody who goes on.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

use super::ProviderPolicy;

/// All places.
#[derive(Debug)]
pub(super) struct Room {
    short: Places,
    long: Places,
}

/// Places of one size.
#[derive(Debug)]
struct Places {
    free: Arc<Semaphore>,
    bytes: u64,
}

/// The place of one answer. It is free again when this is dropped.
pub(super) struct Place<'a> {
    room: &'a Room,
    /// Until when its answer may wait.
    until: Instant,
    _short: OwnedSemaphorePermit,
    long: Option<OwnedSemaphorePermit>,
}

/// No place became free in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoRoom;

impl Room {
    /// As much room as the policy says: one half of it in long places, the other in short ones.
    pub(super) fn of(policy: &ProviderPolicy) -> Self {
        let half = policy.together.0 / 2;
        let long = policy.bytes.0.min(half);
        Self { short: Places::of(policy.short.0.min(long), half), long: Places::of(long, half) }
    }

    /// A place for an answer that may be short.
    pub(super) async fn place(&self, until: Instant) -> Result<Place<'_>, NoRoom> {
        Ok(Place { room: self, until, _short: self.short.one(until).await?, long: None })
    }
}

impl Places {
    fn of(bytes: u64, all: u64) -> Self {
        let count = usize::try_from(all / bytes.max(1)).unwrap_or(usize::MAX).clamp(1, Semaphore::MAX_PERMITS);
        Self { free: Arc::new(Semaphore::new(count)), bytes }
    }

    /// Waits for one, behind those who came before and still wait.
    async fn one(&self, until: Instant) -> Result<OwnedSemaphorePermit, NoRoom> {
        let free = timeout_at(until, Arc::clone(&self.free).acquire_owned()).await;
        free.map_err(|_| NoRoom)?.map_err(|_| NoRoom)
    }
}

impl Place<'_> {
    /// How long its answer may be by now.
    pub(super) fn bytes(&self) -> u64 {
        if self.long.is_some() { self.room.long.bytes } else { self.room.short.bytes }
    }

    /// How long its answer may be, if it grows.
    pub(super) fn most(&self) -> u64 {
        self.room.long.bytes
    }

    /// Waits until an answer of this length has its place, which must not be longer than any may be.
    pub(super) async fn holds(&mut self, bytes: u64) -> Result<(), NoRoom> {
        if bytes > self.bytes() {
            self.long = Some(self.room.long.one(self.until).await?);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures_util::poll;

    use super::*;
    use crate::policy::Bytes;

    /// Room for two long answers of 100 bytes, and for twenty short ones of 10.
    fn room() -> Room {
        Room::of(&ProviderPolicy { bytes: Bytes(100), together: Bytes(400), short: Bytes(10), ..Default::default() })
    }

    fn soon() -> Instant {
        Instant::now() + Duration::from_secs(1)
    }

    #[tokio::test(start_paused = true)]
    async fn a_third_long_answer_waits_and_short_ones_do_not() {
        let (room, late) = (room(), Instant::now() + Duration::from_secs(3_600));
        let mut places = Vec::new();
        for _ in 0..20 {
            places.push(room.place(late).await.expect("a short place"));
        }
        assert!(room.place(soon()).await.is_err(), "there are twenty");
        for place in &mut places[..2] {
            assert_eq!((place.holds(11).await, place.bytes()), (Ok(()), 100));
        }
        places[2].until = soon();
        assert_eq!(places[2].holds(10).await, Ok(()), "it is still short");
        assert_eq!(places[2].holds(11).await, Err(NoRoom));
        drop(places.remove(0));
        assert_eq!(places[2].holds(11).await, Ok(()));
    }

    #[tokio::test(start_paused = true)]
    async fn who_gives_up_waiting_leaves_no_gap() {
        let room = room();
        let mut long = [room.place(soon()).await.expect("a place"), room.place(soon()).await.expect("a place")];
        for place in &mut long {
            assert_eq!(place.holds(100).await, Ok(()));
        }
        let (mut first, mut second) = (room.place(soon()).await.expect("one"), room.place(soon()).await.expect("one"));
        let mut waiting = Box::pin(second.holds(100));
        {
            let mut given_up = Box::pin(first.holds(100));
            assert!(poll!(given_up.as_mut()).is_pending() && poll!(waiting.as_mut()).is_pending());
        }
        drop(long);
        assert_eq!(waiting.await, Ok(()));
    }

    #[tokio::test]
    async fn no_answer_has_more_than_half_of_the_room() {
        let small = ProviderPolicy { bytes: Bytes(100), together: Bytes(60), short: Bytes(50), ..Default::default() };
        let room = Room::of(&small);
        let place = room.place(soon()).await.expect("a place");
        assert_eq!((place.bytes(), place.most()), (30, 30));
    }
}
