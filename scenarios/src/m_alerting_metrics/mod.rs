//! M. Alerting metrics: the exact numbers that alarms watch, on `/metrics` and in the log.

automod::dir!("src/m_alerting_metrics");
