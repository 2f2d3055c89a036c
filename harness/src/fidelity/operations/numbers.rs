//! Numbers: 38 digits, exponents, and what becomes of zeros. Compared letter by letter.

use serde_json::json;

use super::starting_points::{everything, put};
use crate::fidelity::operation::{Call, Operation, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation! { "number-of-38-digits" "38 digits come back exactly" [ToTheLetter]
        ask number("12345678901234567890123456789012345678");
        ask everything();
    },
    operation! { "number-of-38-digits-with-a-fraction" "38 digits with a fraction come back exactly" [ToTheLetter]
        ask number("1.2345678901234567890123456789012345678");
        ask everything();
    },
    operation! { "number-of-39-digits" "39 digits are refused"
        ask number("123456789012345678901234567890123456789");
        ask number("1.23456789012345678901234567890123456789");
    },
    operation! { "number-of-39-digits-ending-in-zero" "39 digits that end in a zero are 38"
        ask number("123456789012345678901234567890123456780");
        ask everything();
    },
    operation! { "number-past-f64" "The first integer that no f64 holds comes back exactly" [ToTheLetter]
        ask number("9007199254740993");
        ask everything();
    },
    operation! { "number-with-trailing-zeros" "Trailing zeros are dropped" [ToTheLetter]
        ask number("150.1250");
        ask everything();
    },
    operation! { "number-of-zeros" "100 keeps its zeros, and 100.00 loses the rest" [ToTheLetter]
        ask number("100.00");
        ask everything();
    },
    operation! { "number-with-leading-zeros" "Leading zeros are dropped" [ToTheLetter]
        ask number("000.0500");
        ask everything();
    },
    operation! { "number-of-negative-zero" "Negative zero is zero" [ToTheLetter]
        ask number("-0.0");
        ask everything();
    },
    operation! { "number-negative" "A negative number comes back as it went" [ToTheLetter]
        ask number("-150.125");
        ask everything();
    },
    operation! { "number-with-an-exponent" "An exponent is written out" [ToTheLetter]
        ask number("1.5E3");
        ask everything();
        ask number("25e-4");
        ask everything();
    },
    operation! { "number-large" "A large exponent is taken" [ToTheLetter]
        ask number("1e125");
        ask everything();
    },
    operation! { "number-small" "A small exponent is taken" [ToTheLetter]
        ask number("1e-130");
        ask everything();
    },
    operation! { "number-too-large" "Past 9.99e125 a number is refused"
        ask number("1e126");
    },
    operation! { "number-too-small" "Below 1e-130 a number is refused"
        ask number("1e-131");
    },
    operation! { "number-with-a-sign" "A plus sign is dropped" [ToTheLetter]
        ask number("+1.5");
        ask everything();
    },
    operation! { "number-that-is-none" "Text, NaN, Infinity, hexadecimal and nothing are no numbers"
        ask number("abc");
        ask number("NaN");
        ask number("Infinity");
        ask number("0x10");
        ask number("");
    },
    operation! { "number-with-spaces" "Spaces around a number"
        ask number(" 1 ");
    },
    operation! { "numbers-compared" "Numbers are compared by what they are worth"
        given [number("1.50")];
        Query {
            "KeyConditionExpression": "PK = :pk",
            "FilterExpression": "n = :same AND n > :less",
            "ExpressionAttributeValues": {":pk": {"S": "<pk>"}, ":same": {"N": "15e-1"}, ":less": {"N": "-2"}},
            "ConsistentRead": true,
        }
    },
];

fn number(digits: &str) -> Call {
    put(json!({"PK": {"S": "<pk>"}, "SK": {"S": "1"}, "n": {"N": digits}}))
}
