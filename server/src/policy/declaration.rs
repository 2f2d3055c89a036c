//! The declaration of a policy: each decision once, with what it decides, the setting that changes it, and its place in
//! the specification.

use std::time::Duration;

use super::Settable;

/// The decisions of one station.
pub trait Policy {
    /// The station's name in `candlecheck rules`.
    const STATION: &'static str;

    /// Each decision as it stands, in the order of their declaration.
    fn decisions(&self) -> Vec<Decision>;

    /// Takes what settings say. `get` gives a setting's text; one that does not parse changes nothing.
    fn read_settings<'a>(&mut self, get: &dyn Fn(&str) -> Option<&'a str>);

    /// The settings that these decisions have. `get` gives a setting's text, if it is set.
    fn settings<'a>(get: &dyn Fn(&str) -> Option<&'a str>) -> Vec<Setting>
    where
        Self: Sized;

    /// What each function gives for two inputs.
    #[cfg(test)]
    fn shown(&self) -> Vec<(&'static str, [String; 2])>;
}

/// A decision: one line of `candlecheck rules`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Its name: station and field, `lock.lease`.
    pub name: &'static str,
    /// What is decided.
    pub decision: String,
    /// The setting that changes it, if one does.
    pub setting: Option<&'static str>,
    /// What else it could be, where no setting says so.
    pub alternative: Option<&'static str>,
    /// Its place in the specification.
    pub from: &'static str,
    /// What it is about.
    pub about: String,
}

/// A setting that changes a decision, as it is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// A valid text of it.
    pub example: &'static str,
    /// What it is set to.
    pub set: Set,
}

/// What a setting is set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// Nothing: the specification's own value holds.
    Not,
    /// A text that does not parse.
    Malformed,
    /// A value.
    To {
        /// The time that it is, if it is one.
        time: Option<Duration>,
        /// Whether it is no time, or none of what it counts.
        zero: bool,
    },
}

/// Declares the policy of a station: `values`, each with a setting or with what else it could be (`or`), and `functions`,
/// each with two inputs to which it gives two results (`shows`).
macro_rules! policy {
    (
        $(#[doc = $station_about:literal])+
        $policy:ident $station:literal {
            $( values { $(
                $(#[doc = $about:literal])+
                $value:ident : $type:ty = $default:expr, $(setting $setting:literal,)? $(or $other:literal,)? from $from:literal;
            )+ } )?
            $( functions { $(
                $(#[doc = $does:literal])+
                $function:ident : fn($($argument:ty),*) $(-> $result:ty)? = $path:expr, decides $decides:literal,
                    shows [($($one:expr),*), ($($two:expr),*)], from $source:literal;
            )+ } )?
        }
    ) => {
        $(#[doc = $station_about])+
        #[derive(Clone)]
        pub struct $policy {
            $($( $(#[doc = $about])+ #[doc = concat!("\n\nSpecification: `", $from, "`.")] pub $value: $type, )+)?
            $($(
                $(#[doc = $does])+
                #[doc = concat!("\n\nSpecification: `", $source, "`.")]
                pub $function: std::sync::Arc<dyn Fn($($argument),*) $(-> $result)? + Send + Sync>,
            )+)?
        }

        impl Default for $policy {
            fn default() -> Self {
                Self {
                    $($( $value: $default, )+)?
                    $($( $function: std::sync::Arc::new($path), )+)?
                }
            }
        }

        impl std::fmt::Debug for $policy {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_list().entries($crate::policy::Policy::decisions(self)).finish()
            }
        }

        impl $crate::policy::Policy for $policy {
            const STATION: &'static str = $station;

            fn decisions(&self) -> Vec<$crate::policy::Decision> {
                vec![
                    $($( $crate::policy::Decision {
                        name: concat!($station, ".", stringify!($value)),
                        decision: $crate::policy::Value::show(&self.$value),
                        setting: None$(.or(Some($setting)))?,
                        alternative: None$(.or(Some($other)))?,
                        from: $from,
                        about: [$($about.trim()),+].join(" "),
                    }, )+)?
                    $($( $crate::policy::Decision {
                        name: concat!($station, ".", stringify!($function)),
                        decision: $decides.into(),
                        setting: None,
                        alternative: None,
                        from: $source,
                        about: [$($does.trim()),+].join(" "),
                    }, )+)?
                ]
            }

            #[allow(unused_variables, reason = "not every station has settings")]
            fn read_settings<'a>(&mut self, get: &dyn Fn(&str) -> Option<&'a str>) {
                $($( $( if let Some(value) = get($setting).and_then(<$type as $crate::policy::Settable>::read) {
                    self.$value = value;
                } )? )+)?
            }

            #[allow(unused_variables, reason = "not every station has settings")]
            fn settings<'a>(get: &dyn Fn(&str) -> Option<&'a str>) -> Vec<$crate::policy::Setting> {
                let settings: Vec<Option<$crate::policy::Setting>> = vec![
                    $($( None$(.or(Some($crate::policy::Setting::read::<$type>($setting, get($setting)))))?, )+)?
                ];
                settings.into_iter().flatten().collect()
            }

            #[cfg(test)]
            fn shown(&self) -> Vec<(&'static str, [String; 2])> {
                #[allow(unused_imports, reason = "not every station shows what needs a sample")]
                use $crate::samples::*;
                vec![$($( (
                    concat!($station, ".", stringify!($function)),
                    [format!("{:?}", (self.$function)($($one),*)), format!("{:?}", (self.$function)($($two),*))],
                ), )+)?]
            }
        }
    };
}
pub(crate) use policy;

impl Setting {
    /// A setting of this type, with its text, if it is set.
    pub(crate) fn read<T: Settable>(name: &'static str, text: Option<&str>) -> Self {
        let set = match text.map(T::read) {
            None => Set::Not,
            Some(None) => Set::Malformed,
            Some(Some(value)) => Set::To { time: value.as_time(), zero: value.is_zero() },
        };
        Self { name, example: T::EXAMPLE, set }
    }
}
