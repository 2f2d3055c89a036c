import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H14',
  'turning a phone keeps the candles, and asks nothing',
  ['asks-when-resized'],
  async ({ page, dashboard, api, wire }) => {
    await page.setViewportSize({ width: 375, height: 667 });
    const candles = await api.candles('GOOG', 'range=1Y');
    await dashboard.openShowing(candles, 'GOOG', 'range=1Y');
    const width = async () => (await dashboard.chart.element.boundingBox())?.width ?? 0;
    await page.setViewportSize({ width: 667, height: 375 });
    await expect.poll(width, 'the chart takes the width').toBeGreaterThan(500);
    await dashboard.chart.stillShows(candles);
    await page.setViewportSize({ width: 375, height: 667 });
    await expect.poll(width).toBeLessThan(376);
    await dashboard.chart.stillShows(candles);
    expect(wire.count, 'requests').toBe(1);
  },
);
