//! The provider doubles do what they say, seen from the wire.

mod calls;
mod candles;
mod expected;
mod faults;
mod listings;
mod replies;
mod sessions;
mod shapes;
mod windows;
mod world;
