/** A candle with its numbers as the API wrote them: prices never pass through floating point on the way to a reader. */
export interface Candle {
  /** A New York date for a day, an instant in UTC for anything shorter. */
  readonly date: string;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  readonly volume: string;
}

/** An answer of the API, with what its headers say. */
export interface Answer {
  readonly ticker: string;
  readonly resolution: string;
  readonly start_date: string;
  readonly end_date: string;
  /** Set when the provider has no intraday candles, and daily ones came instead. */
  readonly fallback_message: string | null;
  readonly stale: boolean;
  readonly candles: readonly Candle[];
  /** `X-Cache-Source`. */
  readonly source: string;
  /** When the data was fetched from the provider, by this machine's clock, in milliseconds. */
  readonly fetchedAt: number;
}
