# What the server reads and writes: candles, their coverage, and locks, all under PK and SK.
resource "aws_dynamodb_table" "cache" {
  name         = var.table_name
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "PK"
  range_key    = "SK"
  tags         = var.tags

  attribute {
    name = "PK"
    type = "S"
  }

  attribute {
    name = "SK"
    type = "S"
  }

  ttl {
    attribute_name = "ExpiresAt"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = true
  }

  # Encrypted with the key that AWS owns ("false" does not mean "not encrypted"): the table holds market prices and
  # nothing about anybody, and a key of our own would cost a call, a permission, and one more thing that can fail.
  server_side_encryption {
    enabled = false
  }
}
