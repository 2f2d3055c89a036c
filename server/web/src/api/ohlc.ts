import type { Policies } from '../policies';
import type { View } from '../view/view';
import type { Answer } from './candle';
import { parseExactly } from './exactJson';
import { Problem, problemOf } from './problem';
import { token } from './token';

/** Asks the API for what a view shows of a ticker. Throws a Problem. */
export async function ohlc(
  ticker: string,
  view: View,
  policies: Policies,
  signal: AbortSignal,
): Promise<Answer> {
  const url = `/api/v2/tickers/${encodeURIComponent(ticker)}/ohlc?${policies.parameters(view)}`;
  const bearer = await token();
  const headers = bearer ? { Authorization: `Bearer ${bearer}` } : {};
  let response, text;
  try {
    response = await fetch(url, { headers, signal, cache: policies.browserCache });
    if (!response.ok) throw await problemOf(response);
    text = await response.text();
  } catch (cause) {
    if (cause instanceof Problem || signal.aborted) throw cause;
    throw new Problem(navigator.onLine ? 'unreachable' : 'offline', 'The server does not answer.');
  }
  const seconds = Number(response.headers.get('X-Cache-Age') ?? 0);
  const body = parseExactly(text) as Omit<Answer, 'source' | 'fetchedAt'>;
  const source = response.headers.get('X-Cache-Source') ?? 'none';
  return { ...body, source, fetchedAt: Date.now() - 1000 * seconds };
}
