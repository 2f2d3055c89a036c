import { daysBetween, daysOf, isRange } from './ranges';
import { natural } from './resolutions';
import { newYorkDay } from './today';

/** What is looked at. All of it stands in the address, so a link shows the same, and so does the way back. */
export interface View {
  readonly ticker: string;
  /** The second ticker, side by side with the first. */
  readonly compared: string | undefined;
  /** Unless there are dates. What the API does not know is asked all the same, because it says what to do. */
  readonly range: string;
  /** New York dates, both included. */
  readonly dates: { readonly start: string; readonly end: string } | undefined;
  /** As somebody chose it; else the window's natural one. */
  readonly resolution: string | undefined;
}

const DEFAULT_RANGE = '1M';

/** The view that an address stands for. */
export function viewAt(address: URL): View {
  const { pathname, searchParams } = address;
  const [, ticker = ''] = /^\/tickers\/([^/]+)/.exec(pathname) ?? [];
  const start = searchParams.get('start_date');
  const end = searchParams.get('end_date');
  return {
    ticker: decodeURIComponent(ticker).toUpperCase(),
    compared: searchParams.get('compare')?.toUpperCase() ?? undefined,
    range: searchParams.get('range') ?? DEFAULT_RANGE,
    dates: start !== null || end !== null ? { start: start ?? '', end: end ?? '' } : undefined,
    resolution: searchParams.get('resolution') ?? undefined,
  };
}

/** The address that stands for a view. */
export function addressOf({ ticker, compared, range, dates, resolution }: View): string {
  const query = new URLSearchParams(dates ? { start_date: dates.start, end_date: dates.end } : { range });
  if (resolution) query.set('resolution', resolution);
  if (compared) query.set('compare', compared);
  return `/tickers/${encodeURIComponent(ticker)}?${query}`;
}

/** How many days its window spans; none when nobody can tell. */
export function spanOf({ range, dates }: View): number {
  if (dates) return daysBetween(dates.start, dates.end) || 0;
  return isRange(range) ? daysOf(range, newYorkDay(Date.now())) : 0;
}

export const resolutionOf = (view: View): string => view.resolution ?? natural(spanOf(view));
