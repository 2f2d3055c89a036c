import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H14',
  'rotating a phone keeps the candles and asks for nothing',
  ['decisions.md#works-on-every-screen'],
  ['asks-when-resized'],
  async ({ browser, dashboard, api, wire }) => {
    await browser.resize({ width: 375, height: 667 });
    const candles = await api.candles('GOOG', 'range=1Y');
    await dashboard.openShowing(candles, 'GOOG', 'range=1Y');
    const width = () => dashboard.chart.element.width();
    await browser.resize({ width: 667, height: 375 });
    await expect.poll(width, 'the chart takes the width').toBeGreaterThan(500);
    await dashboard.chart.stillShows(candles);
    await browser.resize({ width: 375, height: 667 });
    await expect.poll(width).toBeLessThan(376);
    await dashboard.chart.stillShows(candles);
    expect(wire.count, 'requests').toBe(1);
  },
);
