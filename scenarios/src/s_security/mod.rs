//! S. Security: what logs, keys, answers and items must never hold. Each scenario provokes what might give something
//! away; what it then looks for is looked for after every other scenario, too.

automod::dir!("src/s_security");
