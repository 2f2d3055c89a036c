//! Chance that repeats itself: the same question always gets the same dice, whatever was asked before.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// Dice for one `topic` (at most 4 bytes count) of one `symbol` (12), by its `number`: a day, a stamp, a position.
pub(super) fn dice(seed: u64, symbol: &str, topic: &str, number: i64) -> ChaCha8Rng {
    let mut material = [0; 32];
    let parts: [(&[u8], usize, usize); 4] = [
        (&seed.to_le_bytes(), 0, 8),
        (symbol.as_bytes(), 8, 20),
        (topic.as_bytes(), 20, 24),
        (&number.to_le_bytes(), 24, 32),
    ];
    for (bytes, from, to) in parts {
        for (place, byte) in material.iter_mut().take(to).skip(from).zip(bytes) {
            *place = *byte;
        }
    }
    ChaCha8Rng::from_seed(material)
}
