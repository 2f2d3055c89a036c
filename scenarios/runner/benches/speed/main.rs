//! How fast the reference server and the fault proxy are, always beside a reference in the same run.
//!
//! No absolute time says anything about another machine, so none is asserted: each pair takes turns, and what criterion
//! measures is the ratio of their times.

mod fault_proxy;
mod keep_alive;
mod memory_hit;
mod raw_query;
mod scoreboard;
mod table_hit;
mod turns;
mod world;

use criterion::Criterion;
use tokio::runtime::Runtime;

use crate::fault_proxy::{GetThrough, QueryThrough};
use crate::memory_hit::MemoryHit;
use crate::scoreboard::Scoreboard;
use crate::table_hit::TableHit;
use crate::turns::TimesTheReference;
use crate::world::World;

fn main() -> anyhow::Result<()> {
    let runtime = Runtime::new()?;
    let world = runtime.block_on(World::open())?;
    let mut criterion = Criterion::default().with_measurement(TimesTheReference).configure_from_args();
    let mut scoreboard = Scoreboard::new(&runtime, &mut criterion);
    scoreboard.measure(runtime.block_on(MemoryHit::beside_a_bare_handler(&world))?);
    scoreboard.measure(runtime.block_on(TableHit::beside_a_raw_query(&world))?);
    scoreboard.measure(runtime.block_on(GetThrough::the_fault_proxy(&world))?);
    scoreboard.measure(runtime.block_on(QueryThrough::the_fault_proxy(&world))?);
    eprintln!("\n{scoreboard}");
    criterion.final_summary();
    runtime.block_on(world.close())
}
