//! The attribute that items expire by.

use crate::fidelity::operation::{Operation, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation! { "ttl-of-a-new-table" "A new table's items do not expire" [AwsTable]
        DescribeTimeToLive {}
    },
    operation! { "ttl-enabled" "Once enabled it is described with its attribute" [AwsTable]
        UpdateTimeToLive { "TimeToLiveSpecification": {"AttributeName": "ExpiresAt", "Enabled": true} }
        DescribeTimeToLive {}
    },
    operation! { "ttl-enabled-twice" "Enabling it a second time is refused" [AwsTable]
        UpdateTimeToLive { "TimeToLiveSpecification": {"AttributeName": "ExpiresAt", "Enabled": true} }
        UpdateTimeToLive { "TimeToLiveSpecification": {"AttributeName": "ExpiresAt", "Enabled": true} }
    },
    operation! { "ttl-by-another-attribute" "Another attribute cannot take the place of the first" [AwsTable]
        UpdateTimeToLive { "TimeToLiveSpecification": {"AttributeName": "ExpiresAt", "Enabled": true} }
        UpdateTimeToLive { "TimeToLiveSpecification": {"AttributeName": "other", "Enabled": true} }
    },
    operation! { "ttl-disabled-when-off" "What is off cannot be disabled" [AwsTable]
        UpdateTimeToLive { "TimeToLiveSpecification": {"AttributeName": "ExpiresAt", "Enabled": false} }
    },
    operation! { "ttl-of-no-table" "A table that is not there has no time to live"
        DescribeTimeToLive { "TableName": "<table>-not-there" }
        UpdateTimeToLive {
            "TableName": "<table>-not-there",
            "TimeToLiveSpecification": {"AttributeName": "ExpiresAt", "Enabled": true},
        }
    },
];
