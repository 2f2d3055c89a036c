import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H17',
  'back online, the page shows new candles by itself',
  ['reconnection-ignored'],
  async ({ page, dashboard, controls, api }) => {
    const friday = await api.candles('AAPL', 'range=1M');
    await dashboard.openShowing(friday, 'AAPL');
    await page.context().setOffline(true);
    await expect(dashboard.offline).toBeVisible();
    await controls.timeIs('2013-03-04T22:00:00Z');
    const monday = await api.candles('AAPL', 'range=1M');
    expect(monday.at(-1)?.date).toBe('2013-03-04');
    await page.context().setOffline(false);
    await dashboard.chart.shows(monday);
    await expect(dashboard.offline).toBeHidden();
  },
);
