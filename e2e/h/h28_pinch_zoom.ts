import { expect } from '@playwright/test';
import { touch, way } from '../pages/fingers';
import { scenario } from '../world/scenario';

scenario(
  'H28',
  'two fingers zoom',
  ['decisions.md#works-on-every-screen'],
  ['pinch-ignored'],
  async ({ browser, dashboard, api }) => {
    await browser.resize({ width: 375, height: 667 });
    const candles = await api.candles('GOOG', 'range=1Y');
    await dashboard.openShowing(candles, 'GOOG', 'range=1Y');
    const { x, y } = await dashboard.chart.middleOf(Math.floor(candles.length / 2));
    const left = way({ x: x - 20, y }, { x: x - 100, y });
    const right = way({ x: x + 20, y }, { x: x + 100, y });
    const both = left.map((finger, step) => [finger, right[step] ?? finger]);
    await touch(dashboard.chart.element, both);
    const inView = async () => {
      const seen = await dashboard.chart.visible();
      return seen ? seen.to - seen.from : candles.length;
    };
    await expect.poll(inView, 'candles in view').toBeLessThan(candles.length / 2);
    await dashboard.chart.stillShows(candles);
  },
);
