//! Numbers come in other notations, as another implementation, or whoever else writes to the table, may leave them.

use serde_json::Value;

use super::{Call, Fault, Next, Reply};

/// What is read says the same numbers with other characters.
#[derive(Debug, Clone, Copy)]
pub struct Notation {
    name: &'static str,
    write: fn(&str) -> String,
}

impl Notation {
    /// `150.125` is `1.50125E+2`, as Java writes it.
    pub fn scientific() -> Self {
        Self { name: "scientific", write: |number| exponential(number, 1, "E", "+") }
    }

    /// `150.125` is `150125e-3`: no point at all.
    pub fn without_a_point() -> Self {
        Self { name: "without a point", write: |number| exponential(number, usize::MAX, "e", "") }
    }

    /// `150.125` is `000150.125`, followed by more zeros than any decimal type holds digits.
    pub fn padded() -> Self {
        Self { name: "padded with zeros", write: padded }
    }

    fn rewrite(self, value: &mut Value) {
        match value {
            Value::Object(members) => match members.get_mut("N") {
                Some(Value::String(number)) => *number = (self.write)(number),
                _ => members.values_mut().for_each(|member| self.rewrite(member)),
            },
            Value::Array(members) => members.iter_mut().for_each(|member| self.rewrite(member)),
            _ => {}
        }
    }
}

impl Fault for Notation {
    async fn meet(&self, call: Call, next: Next<'_>) -> Reply {
        if !matches!(call.operation(), "BatchGetItem" | "GetItem" | "Query" | "Scan") {
            return next.forward(call).await;
        }
        next.applied(format!("numbers {}", self.name));
        next.forward(call).await.map(|answer| {
            let mut body = answer.json();
            self.rewrite(&mut body);
            answer.with_body(body.to_string())
        })
    }
}

/// The sign of a plain decimal, its digits without those zeros that say nothing, and how many of them stand before the
/// point.
fn digits(number: &str) -> (&str, String, i64) {
    let (sign, size) = number.strip_prefix('-').map_or(("", number), |size| ("-", size));
    let (whole, fraction) = size.split_once('.').unwrap_or((size, ""));
    let all = format!("{whole}{fraction}");
    let significant = all.trim_start_matches('0');
    let before = whole.len() as i64 - (all.len() - significant.len()) as i64;
    (sign, significant.trim_end_matches('0').to_owned(), before)
}

/// With so many digits before the point, and an exponent.
fn exponential(number: &str, before: usize, letter: &str, plus: &str) -> String {
    let (sign, digits, place) = digits(number);
    if digits.is_empty() {
        return "0".into();
    }
    let (whole, fraction) = digits.split_at(before.min(digits.len()));
    let exponent = place - whole.len() as i64;
    let point = if fraction.is_empty() { "" } else { "." };
    let plus = if exponent < 0 { "" } else { plus };
    format!("{sign}{whole}{point}{fraction}{letter}{plus}{exponent}")
}

fn padded(number: &str) -> String {
    let (sign, size) = number.strip_prefix('-').map_or(("", number), |size| ("-", size));
    let point = if size.contains('.') { "" } else { "." };
    format!("{sign}000{size}{point}{}", "0".repeat(30))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_in_each_notation() {
        for (number, scientific, pointless, padded) in [
            ("150.125", "1.50125E+2", "150125e-3", "000150.125"),
            ("50000000", "5E+7", "5e7", "00050000000."),
            ("0.0025", "2.5E-3", "25e-4", "0000.0025"),
            ("-7", "-7E+0", "-7e0", "-0007."),
            ("0", "0", "0", "0000."),
        ] {
            assert_eq!((Notation::scientific().write)(number), scientific);
            assert_eq!((Notation::without_a_point().write)(number), pointless);
            assert_eq!((Notation::padded().write)(number).trim_end_matches('0'), padded.trim_end_matches('0'));
        }
    }
}
