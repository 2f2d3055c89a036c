//! Short words for the variants of an enum, as listings and reports show them.

/// Gives each variant its word, and the type a list of them all.
macro_rules! words {
    ($type:ty { $($variant:ident $word:literal),+ $(,)? }) => {
        impl $type {
            /// All of them, in this order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Its word in listings and reports.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }
    };
}

pub(crate) use words;
