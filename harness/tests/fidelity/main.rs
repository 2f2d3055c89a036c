//! The fidelity run shown to work: it agrees where two sides are the same, and sees each kind of difference.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accepted;
mod battery;
mod differences;
mod reliance;
mod sides;
mod world;
