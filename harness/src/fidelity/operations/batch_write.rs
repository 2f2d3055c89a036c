//! BatchWriteItem: whole batches, and those that are refused.

use serde_json::{Value, json};

use super::starting_points::{batch, candle, candles, day, everything, put_request};
use crate::fidelity::operation::{Call, Operation, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation! { "batch-of-one" "A batch of one put is written whole"
        ask batch([put_request(candle(1))]);
        ask everything();
    },
    operation! { "batch-of-25" "A batch of 25 puts is written whole, and nothing is left unprocessed"
        ask batch((1..=25).map(|day| put_request(candle(day))));
        ask everything();
    },
    operation! { "batch-of-26" "A batch of more than 25 is refused, and writes nothing"
        ask batch((1..=26).map(|day| put_request(candle(day))));
        ask everything();
    },
    operation! { "batch-of-nothing" "A batch of no writes is refused"
        ask batch([]);
        BatchWriteItem { "RequestItems": {} }
    },
    operation! { "batch-over-what-is-there" "A batch writes over what is there"
        given candles(3);
        ask batch((1..=3).map(|day| put_request(json!({
            "PK": {"S": "<pk>"}, "SK": {"S": super::starting_points::day(day)}, "volume": {"N": "7"},
        }))));
        ask everything();
    },
    operation! { "batch-of-deletes" "A batch deletes what is there, and what is not is no failure"
        given candles(3);
        ask batch([1, 2, 30].map(delete_request));
        ask everything();
    },
    operation! { "batch-of-one-delete" "A batch may delete a single item"
        given candles(2);
        ask batch([delete_request(1)]);
        ask everything();
    },
    operation! { "batch-of-both" "A batch may both put and delete"
        given candles(2);
        ask batch([put_request(candle(3)), delete_request(1)]);
        ask everything();
    },
    operation! { "batch-with-one-key-twice" "A batch that puts one key twice is refused, and writes nothing"
        ask batch([put_request(candle(1)), put_request(candle(2)), put_request(candle(1))]);
        ask everything();
    },
    operation! { "batch-put-and-delete-of-one-key" "A batch that puts and deletes one key is refused"
        ask batch([put_request(candle(1)), delete_request(1)]);
    },
    operation! { "batch-over-16-mb" "A batch of more than 16 MB is refused"
        ask batch((1..=25).map(|turn| put_request(json!({
            "PK": {"S": "<pk>"}, "SK": {"S": format!("{turn:02}")}, "text": {"S": "x".repeat(700_000)},
        }))));
    },
    operation! { "batch-with-one-item-too-large" "An item of more than 400 KB refuses the whole batch"
        ask batch([put_request(candle(1)), put_request(json!({
            "PK": {"S": "<pk>"}, "SK": {"S": "large"}, "text": {"S": "x".repeat(410_000)},
        }))]);
        ask everything();
    },
    operation! { "batch-with-a-wrong-key" "A write without its sort key refuses the whole batch"
        ask batch([put_request(candle(1)), put_request(json!({"PK": {"S": "<pk>"}}))]);
        ask everything();
    },
    operation! { "batch-into-no-table" "A batch into a table that is not there is refused"
        ask Call::new("BatchWriteItem", json!({"RequestItems": {"<table>-not-there": [put_request(candle(1))]}}));
    },
    operation! { "batch-of-booleans" "Booleans come back as they went, out of a batch and through a query"
        ask batch([put_request(json!({"PK": {"S": "<pk>"}, "SK": {"S": "1"}, "is_closed": {"BOOL": false}}))]);
        ask everything();
    },
    operation! { "batch-of-prices" "Prices come back exactly, out of a batch and through a query" [ToTheLetter]
        ask batch([put_request(json!({"PK": {"S": "<pk>"}, "SK": {"S": "1"}, "open": {"N": "150.125"}}))]);
        ask everything();
    },
    operation! { "batch-of-long-prices" "Prices of 28 digits come back exactly" [ToTheLetter]
        ask batch([put_request(json!({
            "PK": {"S": "<pk>"}, "SK": {"S": "1"}, "open": {"N": "0.1234567890123456789012345678"},
        }))]);
        ask everything();
    },
    operation! { "batch-of-prices-with-zeros" "Of 150.1250 the zero is dropped" [ToTheLetter]
        ask batch([put_request(json!({"PK": {"S": "<pk>"}, "SK": {"S": "1"}, "open": {"N": "150.1250"}}))]);
        ask everything();
    },
    operation! { "batch-of-volumes-past-f64" "A volume that no f64 holds comes back exactly" [ToTheLetter]
        ask batch([put_request(json!({"PK": {"S": "<pk>"}, "SK": {"S": "1"}, "volume": {"N": "9007199254740993"}}))]);
        ask everything();
    },
    operation! { "batch-capacity" "A batch tells the units that it has written"
        ask Call::new("BatchWriteItem", json!({
            "RequestItems": {"<table>": [put_request(candle(1)), put_request(candle(2))]},
            "ReturnConsumedCapacity": "TOTAL",
        }));
    },
];

fn delete_request(day_of_january: usize) -> Value {
    json!({"DeleteRequest": {"Key": {"PK": {"S": "<pk>"}, "SK": {"S": day(day_of_january)}}}})
}
