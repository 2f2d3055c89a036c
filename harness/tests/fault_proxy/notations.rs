//! Numbers that are written otherwise than they were.

use harness::faults::{Notation, on};

use crate::world::{World, days, found};

#[tokio::test]
async fn what_is_read_says_the_same_number_in_other_characters() -> anyhow::Result<()> {
    for (notation, open) in [
        (Notation::scientific(), "1.50125E+2"),
        (Notation::without_a_point(), "150125e-3"),
        (Notation::padded(), "000150.125000000000000000000000000000000"),
    ] {
        let world = World::with_days(1..=1).await?;
        let fault = world.proxy.inject(on("Query"), notation);
        let read: Vec<String> = found(&world.query(1, 1).send().await?).into_iter().map(|(_, open)| open).collect();
        assert_eq!(read, [open]);
        assert_eq!(fault.applied(), 1);
        // Nothing of it is stored.
        assert_eq!(world.stored().await?, days([1]));
    }
    Ok(())
}

#[tokio::test]
async fn writes_give_it_no_occasion() -> anyhow::Result<()> {
    let world = World::new().await?;
    let fault = world.proxy.inject(on("PutItem"), Notation::scientific());
    world.put(1, "150.125").send().await?;
    assert_eq!(world.stored().await?, days([1]));
    assert_eq!(fault.applied(), 0);
    Ok(())
}
