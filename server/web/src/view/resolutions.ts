/** A candle's length: how the API spells it, how people read it, and the longest window that it may fill, in days. */
export interface Resolution {
  readonly name: string;
  readonly label: string;
  readonly words: string;
  readonly longest: number;
}

/** Finest first. The longest windows are the contract's. */
export const RESOLUTIONS: readonly Resolution[] = [
  { name: '1', label: '1m', words: '1-minute', longest: 7 },
  { name: '5', label: '5m', words: '5-minute', longest: 30 },
  { name: '15', label: '15m', words: '15-minute', longest: 90 },
  { name: '30', label: '30m', words: '30-minute', longest: 90 },
  { name: '60', label: '1h', words: 'Hourly', longest: 180 },
  { name: 'D', label: 'Day', words: 'Daily', longest: 1830 },
];

/** Why candles of a length cannot fill a window of that many days; nothing when they can. */
export function whyNot(resolution: Resolution, days: number): string | undefined {
  if (days <= resolution.longest) return undefined;
  return `${resolution.words} candles reach back ${resolution.longest} days at most, and this range has ${days}`;
}

/** What a window is shown in when nobody chose: a day and a week in detail, all else in days. */
export function natural(days: number): string {
  if (days <= 1) return '5';
  return days <= 7 ? '30' : 'D';
}
