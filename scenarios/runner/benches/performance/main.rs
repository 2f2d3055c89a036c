//! How fast the reference server and the fault proxy are, and how much memory an answer takes.
//!
//! No absolute time says anything about another machine, so none is asserted: everything stands beside a reference of
//! the same run. Two ways to the same end take turns, and what criterion measures is the ratio of their times.

mod aim;
mod fault_proxy;
mod keep_alive;
mod memory_hit;
mod peak_memory;
mod raw_query;
mod scoreboard;
mod table_hit;
mod turns;
mod world;

use criterion::Criterion;
use mimalloc::MiMalloc;
use tokio::runtime::Runtime;

use crate::fault_proxy::{GetThrough, QueryThrough};
use crate::memory_hit::MemoryHit;
use crate::scoreboard::Scoreboard;
use crate::table_hit::TableHit;
use crate::turns::TimesTheReference;
use crate::world::World;

/// As in `ohlc-server`, and for the references too.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> anyhow::Result<()> {
    let runtime = Runtime::new()?;
    if std::env::args().any(|argument| argument == peak_memory::SERVE) {
        return runtime.block_on(peak_memory::serve());
    }
    let world = runtime.block_on(World::open())?;
    let mut criterion = Criterion::default().with_measurement(TimesTheReference).configure_from_args();
    let mut scoreboard = Scoreboard::new(&runtime, &mut criterion);
    scoreboard.measure(runtime.block_on(MemoryHit::beside_a_bare_handler(&world))?);
    scoreboard.measure(runtime.block_on(TableHit::beside_a_raw_query(&world))?);
    scoreboard.measure(runtime.block_on(GetThrough::the_fault_proxy(&world))?);
    scoreboard.measure(runtime.block_on(QueryThrough::the_fault_proxy(&world))?);
    // Without cargo bench's own argument everything is only tried once, to see that it runs; any other argument
    // chooses among the comparisons.
    let mut arguments = std::env::args().skip(1);
    if arguments.len() > 0 && arguments.all(|argument| argument == "--bench") {
        eprintln!("\n{}", runtime.block_on(peak_memory::of_answers(&world))?);
    }
    eprintln!("\n{scoreboard}");
    runtime.block_on(world.close())
}
