import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1280, height: 800 },
  { width: 768, height: 1024 },
  { width: 375, height: 667 },
];

scenario(
  'H11',
  'resizing from a wall to a phone keeps the candles and asks for nothing',
  ['decisions.md#works-on-every-screen'],
  ['asks-when-resized'],
  async ({ browser, dashboard, api, wire }) => {
    const candles = await api.candles('GOOG', 'range=1Y');
    await dashboard.openShowing(candles, 'GOOG', 'range=1Y');
    // Who points at a candle has its tooltip, which must not stick out either.
    await browser.pointAt(await dashboard.chart.middleOf(candles.length - 1));
    await dashboard.tooltip.isShown();
    for (const size of SIZES) {
      await browser.resize(size);
      // It follows the window, and nothing sticks out of it.
      await expect.poll(() => dashboard.chart.element.width(), 'the chart').toBeLessThan(size.width);
      const overflow = () => browser.ask(() => document.documentElement.scrollWidth - window.innerWidth);
      await expect.poll(overflow, `pixels that stick out at ${size.width}`).toBeLessThanOrEqual(0);
      await dashboard.chart.showsAll(candles.length);
      await dashboard.chart.stillShows(candles);
    }
    expect(wire.count, 'requests').toBe(1);
  },
);
