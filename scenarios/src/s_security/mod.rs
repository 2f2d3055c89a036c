//! S. Security: what logs, keys, answers and items must never hold. Each scenario provokes a leak; the same checks also
//! run after every other scenario.

automod::dir!("src/s_security");
