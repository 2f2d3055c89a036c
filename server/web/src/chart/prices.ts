import type { PriceFormatCustom } from 'lightweight-charts';
import type { Candle } from '../api/candle';
import { grouped, placesOf, readable, rounded } from '../panel/decimal';

/** So many digits of a number are its own; those after them are made up by floating point. */
const OWN_DIGITS = 15;
/** What no pixel of a chart can tell apart: a thousandth of what is in it. */
const PIXEL = 3;

const texts = (candles: readonly Candle[]): string[] =>
  candles.flatMap(({ open, high, low, close }) => [open, high, low, close]);

/**
 * How many decimals tell the prices of a chart apart: as many as they were sent with, but none that is finer than a
 * pixel, and two at least. Adjusted prices are sent with a dozen.
 */
export function placesFor(candles: readonly Candle[]): number {
  const prices = texts(candles);
  const numbers = prices.map(Number);
  const span = Math.max(...numbers) - Math.min(...numbers);
  const sent = Math.max(...prices.map(placesOf));
  const seen = span > 0 ? PIXEL - Math.floor(Math.log10(span)) : sent;
  return Math.max(2, Math.min(sent, seen));
}

/** How the axis and the crosshair write prices. The last price is written from its text; all others are pixels. */
export function priceFormat(candles: readonly Candle[], places: number): PriceFormatCustom {
  const close = candles.at(-1)?.close ?? '0';
  const [last, lastText] = [Number(close), readable(rounded(close, places))];
  const whole = Math.max(...texts(candles).map((price) => price.split('.')[0]?.length ?? 0));
  const own = Math.max(0, Math.min(places, OWN_DIGITS - whole));
  const base = 10 ** own;
  return {
    type: 'custom',
    base,
    minMove: 1 / base,
    formatter: (price) => (price === last ? lastText : fixed(price, own)),
  };
}

function fixed(price: number, places: number): string {
  const [whole = '', fraction] = price.toFixed(places).split('.');
  return fraction === undefined ? grouped(whole) : `${grouped(whole)}.${fraction}`;
}
