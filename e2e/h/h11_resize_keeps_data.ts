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
  'from a wall to a phone the candles stay, and nothing is asked again',
  ['asks-when-resized'],
  async ({ page, dashboard, api, wire }) => {
    const candles = await api.candles('GOOG', 'range=1Y');
    await dashboard.openShowing(candles, 'GOOG', 'range=1Y');
    for (const size of SIZES) {
      await page.setViewportSize(size);
      // It follows the window, and nothing sticks out of it.
      await expect
        .poll(async () => (await dashboard.chart.element.boundingBox())?.width)
        .toBeLessThan(size.width);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `pixels that stick out at ${size.width}`).toBeLessThanOrEqual(0);
      await dashboard.chart.stillShows(candles);
    }
    expect(wire.count, 'requests').toBe(1);
  },
);
