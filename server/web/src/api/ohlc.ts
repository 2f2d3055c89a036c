import type { Rules } from '../rules';
import type { View } from '../view/view';
import type { Answer } from './candle';
import { parseExactly } from './exactJson';
import { Problem, problemOf } from './problem';
import { token } from './token';

/** Asks the API for what a view shows of a ticker. Throws a Problem. */
export async function ohlc(ticker: string, view: View, rules: Rules, signal: AbortSignal): Promise<Answer> {
  const url = `/api/v2/tickers/${encodeURIComponent(ticker)}/ohlc?${rules.parameters(view)}`;
  const bearer = await token();
  const headers = bearer ? { Authorization: `Bearer ${bearer}` } : {};
  let response, text;
  try {
    response = await rules.ask(url, headers, signal);
    if (!response.ok) throw await problemOf(response);
    text = await response.text();
  } catch (cause) {
    if (cause instanceof Problem || signal.aborted) throw cause;
    throw new Problem(rules.isOffline() ? 'offline' : 'unreachable', 'The server does not answer.');
  }
  const seconds = Number(response.headers.get('X-Cache-Age') ?? 0);
  const body = parseExactly(text) as Omit<Answer, 'source' | 'fetchedAt'>;
  return { ...body, source: rules.source(response.headers), fetchedAt: Date.now() - 1000 * seconds };
}
