//! D. Races: single-flight, locks, the breaker and the deadline under concurrent requests.

automod::dir!("src/d_races");
