//! D. Races: who asks the provider when many want the same, who waits, and who is told what when time runs out.

automod::dir!("src/d_races");
