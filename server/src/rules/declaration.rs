//! How rules are declared: each once, with its decision, the setting that changes it, and where it comes from.

use std::time::Duration;

/// One line of `candlecheck rules`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleLine {
    /// The rule's name: its field in [`Rules`](super::Rules).
    pub name: &'static str,
    /// The decision, as it stands in this value.
    pub decision: String,
    /// The setting that changes it, if one does.
    pub setting: Option<&'static str>,
    /// The clarification it comes from.
    pub from: &'static str,
    /// What it is about.
    pub about: String,
}

/// A rule as a setting has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleSetting {
    /// The setting's name.
    pub name: &'static str,
    /// A valid text of it.
    pub example: &'static str,
    /// The time that it is set to, if it is one.
    pub time: Option<Duration>,
    /// Whether it is set to no time, or to none of what it counts.
    pub is_zero: bool,
}

/// Makes `Rules` of the declarations, with all that goes over each of them.
macro_rules! rules {
    (
        values { $( $(#[doc = $about:literal])+ $value:ident : $type:ty = $default:expr, $(setting $setting:literal,)? from $from:literal; )+ }
        functions { $( $(#[doc = $does:literal])+ $function:ident : fn($($argument:ty),*) $(-> $result:ty)? = $path:expr, decides $decides:literal, from $source:literal; )+ }
    ) => {
        /// The decisions of the specification; see the [module](self).
        #[derive(Clone)]
        pub struct Rules {
            $( $(#[doc = $about])+ #[doc = concat!("\n\nFrom: ", $from, ".")] pub $value: $type, )+
            $( $(#[doc = $does])+ #[doc = concat!("\n\nFrom: ", $source, ".")] pub $function: Arc<dyn Fn($($argument),*) $(-> $result)? + Send + Sync>, )+
        }

        impl Default for Rules {
            fn default() -> Self {
                Self { $( $value: $default, )+ $( $function: Arc::new($path), )+ }
            }
        }

        impl Rules {
            /// Each rule with its decision and where that comes from, in the order of their declaration.
            pub fn table(&self) -> Vec<RuleLine> {
                vec![
                    $( RuleLine {
                        name: stringify!($value),
                        decision: self.$value.show(),
                        setting: None$(.or(Some($setting)))?,
                        from: $from,
                        about: [$($about.trim()),+].join(" "),
                    }, )+
                    $( RuleLine {
                        name: stringify!($function),
                        decision: $decides.into(),
                        setting: None,
                        from: $source,
                        about: [$($does.trim()),+].join(" "),
                    }, )+
                ]
            }

            /// Changes the rules that settings name. `get` gives a setting's text.
            ///
            /// # Errors
            /// Each setting that does not parse, with a valid example.
            pub fn read_settings<'a>(&mut self, get: impl Fn(&str) -> Option<&'a str>) -> Result<(), Vec<(&'static str, &'static str)>> {
                let mut malformed = Vec::new();
                $( $( if let Some(text) = get($setting) {
                    match <$type as RuleValue>::read(text) {
                        Some(value) => self.$value = value,
                        None => malformed.push(($setting, <$type as RuleValue>::EXAMPLE)),
                    }
                } )? )+
                if malformed.is_empty() { Ok(()) } else { Err(malformed) }
            }

            /// The rules that settings change, as they are now.
            pub fn settings(&self) -> Vec<RuleSetting> {
                let settings = [$( None$(.or(Some(RuleSetting {
                    name: $setting,
                    example: <$type as RuleValue>::EXAMPLE,
                    time: self.$value.as_time(),
                    is_zero: self.$value.is_zero(),
                })))?, )+];
                settings.into_iter().flatten().collect()
            }
        }
    };
}
pub(super) use rules;
