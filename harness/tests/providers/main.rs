//! The provider doubles do what they say, seen from the wire.

mod calls;
mod candles;
mod expected;
mod listings;
mod sessions;
mod shapes;
mod troubles;
mod windows;
mod world;
