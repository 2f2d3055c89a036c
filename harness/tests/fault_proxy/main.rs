//! Each fault is shown to do what it says, to a real SDK client, in front of the embedded tier.

mod batches;
mod bodies;
mod connections;
mod errors;
mod gates;
mod journal;
mod lag;
mod life;
mod matching;
mod noop;
mod notations;
mod pages;
mod world;
