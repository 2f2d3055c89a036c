/** The ranges that the API knows, shortest first, but for the one that grows with the year. */
export const RANGES = ['1D', '1W', '1M', '3M', '6M', 'YTD', '1Y', '5Y'] as const;
export type Range = (typeof RANGES)[number];

const DAYS: Record<Exclude<Range, 'YTD'>, number> = {
  '1D': 0,
  '1W': 7,
  '1M': 30,
  '3M': 90,
  '6M': 180,
  '1Y': 365,
  '5Y': 1826,
};
const DAY_MS = 86_400_000;

export const isRange = (text: string): text is Range => (RANGES as readonly string[]).includes(text);

/** How many days lie between the first and the last day of a range that ends today: a day in milliseconds of UTC. */
export function daysOf(range: Range, today: number): number {
  if (range !== 'YTD') return DAYS[range];
  return (today - Date.UTC(new Date(today).getUTCFullYear(), 0, 1)) / DAY_MS;
}

/** How many days lie between two dates, `YYYY-MM-DD`. */
export const daysBetween = (start: string, end: string): number =>
  Math.round((Date.parse(end) - Date.parse(start)) / DAY_MS);

/** The range that many steps further in the list, if there is one. */
export function neighbour(range: string, steps: number): Range | undefined {
  const at = RANGES.findIndex((known) => known === range);
  return at < 0 ? undefined : RANGES[at + steps];
}
