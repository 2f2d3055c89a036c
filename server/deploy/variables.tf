variable "table_name" {
  description = "The table: what OHLC_CACHE_TABLE is set to. Policy, topics and alarms are named after it."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9_.-]{3,255}$", var.table_name))
    error_message = "A table's name has 3 to 255 of a-z, A-Z, 0-9, -, _ and ., for example prod-ohlc-cache."
  }
}

variable "tags" {
  description = "Tags of everything that takes some."
  type        = map(string)
  default     = {}
}
