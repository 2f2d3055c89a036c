import type { Drawing } from './drawing';

/** What can be read from the chart itself, by whoever holds the page to what it should show. It changes nothing. */
export interface Probe {
  /** What is drawn, candle by candle. */
  readonly candles: () => {
    time: unknown;
    open: number;
    high: number;
    low: number;
    close: number;
    volume: number;
  }[];
  /** The first and the last position in view: 0 is the first candle. */
  readonly visible: () => { from: number; to: number } | null;
  /** Where the middle of a candle is, in pixels from the chart's left edge. */
  readonly x: (position: number) => number | null;
}

/** Lets the chart's element answer for its chart. */
export function offerProbe(element: HTMLElement, { chart, prices, volumes }: Drawing): void {
  const probe: Probe = {
    candles: () => {
      const bars = prices.data() as readonly {
        time: unknown;
        open: number;
        high: number;
        low: number;
        close: number;
      }[];
      const heights = volumes.data() as readonly { value: number }[];
      return bars.map(({ time, open, high, low, close }, at) => {
        return { time, open, high, low, close, volume: heights[at]?.value ?? Number.NaN };
      });
    },
    visible: () => chart.timeScale().getVisibleLogicalRange(),
    x: (position) => chart.timeScale().logicalToCoordinate(position as never),
  };
  Object.assign(element, { probe });
}
