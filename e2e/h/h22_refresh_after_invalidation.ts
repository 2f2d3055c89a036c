import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H22',
  'a reload after an invalidation shows new candles, not a copy of the browser',
  ['decisions.md#asking-in-the-browser', 'decisions.md#invalidated-layers'],
  ['answers-kept-in-the-browser'],
  async ({ browser, dashboard, controls, api }) => {
    // In the morning, so that the candle under way is another one two minutes later.
    await controls.timeIs('2013-03-01T16:01:00Z');
    const before = await api.candles('AAPL', 'range=1D&resolution=5');
    await dashboard.openShowing(before, 'AAPL', 'range=1D');
    await controls.timeIs('2013-03-01T16:03:00Z');
    await controls.invalidate('AAPL');
    await browser.reload();
    await dashboard.badge.says(/^tiingo/);
    const after = await api.candles('AAPL', 'range=1D&resolution=5');
    expect(after).not.toEqual(before);
    await dashboard.chart.shows(after);
  },
);
