//! F. State: what each layer keeps, for how long, and what fills and clears it.

automod::dir!("src/f_state");
