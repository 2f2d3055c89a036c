import { expect, type Locator } from '@playwright/test';
import type { Candle } from '../world/api';

/** What the chart's element answers for its chart: see server/web/src/chart/probe.ts. */
interface Probe {
  candles: () => Drawn[];
  visible: () => { from: number; to: number } | null;
  x: (position: number) => number | null;
}

/** A candle as it is drawn: a day's date, or an instant's second. */
export interface Drawn {
  time: unknown;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

/** How the chart draws a candle of the API. */
export const drawn = (candle: Candle): Drawn => ({
  time: candle.date.includes('T') ? Date.parse(candle.date) / 1000 : candle.date,
  open: Number(candle.open),
  high: Number(candle.high),
  low: Number(candle.low),
  close: Number(candle.close),
  volume: Number(candle.volume),
});

/** A chart, read from itself and not from its pixels. */
export class Chart {
  constructor(readonly element: Locator) {}

  /** What is drawn; nothing while there is no chart. */
  async candles(): Promise<Drawn[]> {
    if ((await this.element.count()) === 0) return [];
    return this.element.evaluate((chart) => (chart as unknown as { probe: Probe }).probe.candles());
  }

  /** The first and the last position in view. */
  async visible(): Promise<{ from: number; to: number } | null> {
    return this.element.evaluate((chart) => (chart as unknown as { probe: Probe }).probe.visible());
  }

  /** Where a candle's middle is on the screen, somewhere between its top and its bottom. */
  async middleOf(position: number): Promise<{ x: number; y: number }> {
    return this.element.evaluate((chart, at) => {
      const { left, top, height } = chart.getBoundingClientRect();
      const x = (chart as unknown as { probe: Probe }).probe.x(at);
      if (x === null) throw new Error(`candle ${at} is not in view`);
      return { x: left + x, y: top + height / 2 };
    }, position);
  }

  /** Waits until it shows exactly these candles, candle by candle. */
  async shows(candles: readonly Candle[]): Promise<void> {
    await expect.poll(() => this.candles(), 'what the chart shows').toEqual(candles.map(drawn));
  }

  /** Waits until all of so many candles are in view: a chart takes a frame to make room for what it is given. */
  async showsAll(count: number): Promise<void> {
    const all = async () => {
      const seen = await this.visible();
      return seen !== null && seen.from < 0.5 && seen.to > count - 1.5;
    };
    await expect.poll(all, 'every candle is in view').toBe(true);
  }

  /** Shows these candles now. */
  async stillShows(candles: readonly Candle[]): Promise<void> {
    expect(await this.candles(), 'what the chart still shows').toEqual(candles.map(drawn));
  }
}
