//! What `ohlc-server --help` says.

use crate::policies::Policies;

/// Every setting, for `--help`.
pub fn help() -> String {
    let mut help = String::from(HELP);
    for line in Policies::default().decisions() {
        if let Some(setting) = line.setting {
            help.push_str(&format!("  {setting} ({})\n      {}\n", line.decision, line.about));
        }
    }
    help
}

const HELP: &str = "\
ohlc-server: candles from memory, then DynamoDB, then Tiingo or Finnhub

  ohlc-server                            serves until SIGTERM or Ctrl-C
  ohlc-server warm [--tickers A,B,...]   fills the table with what the first clients ask for, then ends

warm asks as clients do who name no range (the last month), at the resolutions D, 5 and 15. Without --tickers:
AAPL, MSFT, GOOG, AMZN, TSLA, META, NVDA. Run it before the open. What the table holds already costs no provider
call. It tells of each key on standard error, and ends with 1 when one could not be warmed.

Settings come from the environment, for both:

  OHLC_CACHE_TABLE (required)
      The DynamoDB table: PK (S), SK (S), TTL on ExpiresAt.
  TIINGO_API_KEY or TIINGO_API_KEY_FILE (required)
      Tiingo's key, or the file that holds it; a file is read again when Tiingo refuses the key.
  FINNHUB_API_KEY or FINNHUB_API_KEY_FILE
      Finnhub's key. Without it there is no fallback.
  TIINGO_BASE_URL (https://api.tiingo.com), FINNHUB_BASE_URL (https://finnhub.io/api/v1)
      Where the providers are.
  OHLC_API_TOKENS, OHLC_ADMIN_TOKENS
      Bearer tokens of 8 characters or more, separated by commas: those that may read, and those that may also
      invalidate.
  OHLC_JWT_SECRET
      Takes HS256 tokens signed with this secret too.
  OHLC_LISTEN (127.0.0.1:8000)
      The address to listen on.
  OHLC_L1_ENTRIES (1000)
      How many answers memory holds.
  OHLC_DASHBOARD_DIR
      The folder of the built dashboard, served at /tickers/{ticker}; without it there is none. Its users type a token.
  OHLC_LOG (info)
      The log filter, for example ohlc_server=debug, which also tells how long each layer of a request took.
  AWS_REGION, AWS_ENDPOINT_URL_DYNAMODB and credentials
      As the AWS SDK reads them.

Decisions of the specification that a setting may change:

";
