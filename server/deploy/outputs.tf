output "table_name" {
  description = "For OHLC_CACHE_TABLE."
  value       = aws_dynamodb_table.cache.name
}

output "policy_arn" {
  description = "To attach to the role that the server runs under."
  value       = aws_iam_policy.server.arn
}

output "notice_topics" {
  description = "The topics to subscribe to, by who is told: chat and pager."
  value       = { for notify, topic in aws_sns_topic.notices : notify => topic.arn }
}
