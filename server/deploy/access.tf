# Exactly what the server does, on exactly its table. It reads no secret here: provider keys reach it through its
# environment, or as files that the platform mounts.
data "aws_iam_policy_document" "server" {
  statement {
    sid = "Cache"
    actions = [
      "dynamodb:BatchWriteItem",
      "dynamodb:DeleteItem",
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "dynamodb:Scan",
    ]
    resources = [aws_dynamodb_table.cache.arn]
  }
}

resource "aws_iam_policy" "server" {
  name        = "${var.table_name}-server"
  description = "What ohlc-server does with ${var.table_name}"
  policy      = data.aws_iam_policy_document.server.json
  tags        = var.tags
}
