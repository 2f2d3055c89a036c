locals {
  # The one declaration, which scenarios O2 and O5 hold against the metrics that the server really emits.
  alarms = jsondecode(file("${path.module}/alarms.json"))
}

# Not encrypted with the key of SNS: CloudWatch may not use that one, and a notice says nothing secret.
resource "aws_sns_topic" "notices" {
  for_each = toset([for alarm in local.alarms.alarms : alarm.notify])

  # A table's name may have dots, a topic's may not.
  name = "${replace(var.table_name, ".", "-")}-${each.key}"
  tags = var.tags
}

# One bad period raises an alarm, and it stays raised until the last periods, which cover the silence and the one that
# was bad, are good. CloudWatch gives notice when an alarm is raised, and only then: one notice, then silence.
resource "aws_cloudwatch_metric_alarm" "alarm" {
  for_each = { for alarm in local.alarms.alarms : alarm.name => alarm }

  alarm_name          = "${var.table_name}-${each.key}"
  alarm_description   = each.value.action
  namespace           = local.alarms.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  period              = each.value.period_seconds
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  datapoints_to_alarm = 1
  evaluation_periods  = ceil(local.alarms.silence_seconds / each.value.period_seconds) + 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.notices[each.value.notify].arn]
  tags                = var.tags
}
