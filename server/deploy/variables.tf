variable "table_name" {
  description = "The table: what OHLC_CACHE_TABLE is set to. Policy, topics and alarms are named after it."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9_.-]{3,100}$", var.table_name))
    error_message = "Give 3 to 100 of a-z, A-Z, 0-9, -, _ and ., for example prod-ohlc-cache: a policy named after it has room for no more."
  }
}

variable "tags" {
  description = "Tags of everything that takes some."
  type        = map(string)
  default     = {}
}
