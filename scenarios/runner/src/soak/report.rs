//! What a soak found out, for people.

use std::fmt::{self, Display};

use super::{Ended, FROM};

impl Ended {
    /// Whether the server has no more than before.
    pub fn is_as_before(&self) -> bool {
        self.kept.is_empty()
    }
}

impl Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tally, beginning, end, kept } = self;
        let (requests, troubled) = (tally.requests(), tally.troubled());
        writeln!(f, "{requests} requests in {} spells; {troubled} troubles\n", tally.spells)?;
        for (client, count) in &tally.clients {
            writeln!(f, "  {count:>8}  clients  {client}")?;
        }
        for (status, count) in &tally.answers {
            match status {
                0 => writeln!(f, "  {count:>8}  requests whose client took no answer")?,
                _ => writeln!(f, "  {count:>8}  answers  {status}")?,
            }
        }
        for (to, count) in &tally.calls {
            writeln!(f, "  {count:>8}  calls to {to}")?;
        }
        for ((to, trouble), count) in &tally.troubles {
            writeln!(f, "  {count:>8}  {to:<10} {trouble}")?;
        }
        writeln!(f, "\n  {:<18}{:>14}{:>14}{:>14}", "at rest", "before", "afterwards", "at most")?;
        for ((what, before, most), (_, end, _)) in beginning.told().into_iter().zip(end.told()) {
            writeln!(f, "  {what:<18}{before:>14}{end:>14}{most:>14}")?;
        }
        match kept.is_empty() {
            true => writeln!(f, "\nNothing is left of what went on: {FROM}."),
            false => {
                writeln!(f, "\nSomething is left of what went on, against {FROM}:")?;
                kept.iter().try_for_each(|kept| writeln!(f, "  {kept}"))
            }
        }
    }
}
