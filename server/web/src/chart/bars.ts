import type { CandlestickData, HistogramData, Time, UTCTimestamp } from 'lightweight-charts';
import type { Candle } from '../api/candle';
import type { Palette } from './palette';

/** A day stays a day; an instant becomes its second. */
const timeOf = (date: string): Time =>
  date.includes('T') ? ((Date.parse(date) / 1000) as UTCTimestamp) : date;

/** What the library draws of a candle. Here, and only here, prices become numbers: pixels need no more. */
export const bar = (candle: Candle): CandlestickData => ({
  time: timeOf(candle.date),
  open: Number(candle.open),
  high: Number(candle.high),
  low: Number(candle.low),
  close: Number(candle.close),
});

export const volume = (candle: Candle, palette: Palette): HistogramData => ({
  time: timeOf(candle.date),
  value: Number(candle.volume),
  color: Number(candle.close) < Number(candle.open) ? palette.fallingVolume : palette.risingVolume,
});
