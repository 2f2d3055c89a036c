//! M. Alerting metrics: the numbers that wake an operator, each exactly, on `/metrics` and in the log.

automod::dir!("src/m_alerting_metrics");
