import type { IChartApi } from 'lightweight-charts';

/** Fewer candles than that are no chart. */
const FEWEST = 5;
/** No candle takes more room than that, in pixels: a single one is no wall. */
export const WIDEST = 80;
const HALF = 0.5;

/** Puts every candle in view. A few that do not fill the chart stand in its middle, with nothing to pan or to zoom. */
export function fit(chart: IChartApi, candles: number): void {
  const few = isFew(chart, candles);
  chart.applyOptions({
    // When all is in view there is nothing to pan, and a swipe goes to the next range.
    timeScale: { fixLeftEdge: !few, fixRightEdge: !few },
    handleScroll: { horzTouchDrag: !few, pressedMouseMove: !few, mouseWheel: !few },
    handleScale: { mouseWheel: !few },
  });
  if (few) {
    const room = (chart.timeScale().width() / WIDEST - candles) / 2;
    chart.timeScale().setVisibleLogicalRange({ from: -room, to: candles - 1 + room });
  } else chart.timeScale().fitContent();
}

const isFew = (chart: IChartApi, candles: number): boolean => candles * WIDEST < chart.timeScale().width();

/** Zooms around the middle: below 1 in, above 1 out. False when there is nothing to zoom. */
export function zoom(chart: IChartApi, factor: number, candles: number): boolean {
  const seen = chart.timeScale().getVisibleLogicalRange();
  if (!seen || isFew(chart, candles)) return false;
  const middle = (seen.from + seen.to) / 2;
  const half = Math.max(FEWEST, Math.min(candles, (seen.to - seen.from) * factor)) / 2;
  chart.timeScale().setVisibleLogicalRange({ from: middle - half, to: middle + half });
  return true;
}

/** Moves by a part of what is in view: to later candles above 0. False when there is nothing to pan. */
export function pan(chart: IChartApi, part: number, candles: number): boolean {
  const seen = chart.timeScale().getVisibleLogicalRange();
  if (!seen || isFew(chart, candles)) return false;
  const far = (seen.to - seen.from) * part;
  const by = Math.max(-0.5 - seen.from, Math.min(candles - 0.5 - seen.to, far));
  chart.timeScale().setVisibleLogicalRange({ from: seen.from + by, to: seen.to + by });
  return true;
}

/** Moves just so far that a candle is in view. */
export function reveal(chart: IChartApi, position: number): void {
  const seen = chart.timeScale().getVisibleLogicalRange();
  if (!seen) return;
  const by =
    position < seen.from ? position - 0.5 - seen.from : position > seen.to ? position + 0.5 - seen.to : 0;
  if (by !== 0) chart.timeScale().setVisibleLogicalRange({ from: seen.from + by, to: seen.to + by });
}

/** Whether every candle is in view, as before any zoom; the library's numbers are a hair off now and then. */
export function showsAll(chart: IChartApi, candles: number): boolean {
  const seen = chart.timeScale().getVisibleLogicalRange();
  return !seen || (seen.from < HALF && seen.to > candles - 1 - HALF);
}
