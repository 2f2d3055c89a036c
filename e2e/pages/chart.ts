import { expect } from '@playwright/test';
import type { Point } from '../drivers/browser';
import type { Candle } from '../world/api';
import type { Part } from './part';

/** What the chart's element answers for its chart: see server/web/src/chart/probe.ts. */
interface Probe {
  candles: () => Drawn[];
  visible: () => { from: number; to: number } | null;
  x: (position: number) => number | null;
}

interface Probed {
  probe: Probe;
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

/**
 * The library takes what a mouse does in the first milliseconds of a page for a finger's, and ignores it, in browsers
 * that do not say which of them it was.
 */
const YOUNG = 500;

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
  constructor(readonly element: Part) {}

  /** What is drawn; nothing while there is no chart. */
  async candles(): Promise<Drawn[]> {
    return this.element.ask(([chart]) => (chart as unknown as Probed | undefined)?.probe.candles() ?? []);
  }

  /** The first and the last position in view. */
  async visible(): Promise<{ from: number; to: number } | null> {
    return this.element.ask(([chart]) => (chart as unknown as Probed | undefined)?.probe.visible() ?? null);
  }

  /** Where a candle's middle is on the screen, somewhere between its top and its bottom, as soon as that can be pointed at. */
  async middleOf(position: number): Promise<Point> {
    const age = () => this.element.ask(() => performance.now());
    await expect.poll(age, "the page's age, in ms").toBeGreaterThan(YOUNG);
    return this.element.ask(([chart], at) => {
      if (!chart) throw new Error('there is no chart');
      const { left, top, height } = chart.getBoundingClientRect();
      const x = (chart as unknown as Probed).probe.x(at);
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
