import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H17',
  'back online, the page shows new candles by itself',
  ['decisions.md#offline'],
  ['reconnection-ignored'],
  async ({ browser, dashboard, controls, api }) => {
    const friday = await api.candles('AAPL', 'range=1M');
    await dashboard.openShowing(friday, 'AAPL');
    await browser.online(false);
    await dashboard.offline.isShown();
    await controls.timeIs('2013-03-04T22:00:00Z');
    const monday = await api.candles('AAPL', 'range=1M');
    expect(monday.at(-1)?.date).toBe('2013-03-04');
    await browser.online(true);
    await dashboard.chart.shows(monday);
    await dashboard.offline.isGone();
  },
);
