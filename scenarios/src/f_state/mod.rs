//! F. State: what is kept in which layer, for how long, for whom, and what fills and empties it.

automod::dir!("src/f_state");
