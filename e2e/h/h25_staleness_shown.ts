import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H25',
  'the badge shows the age of the data, before and after it arrived',
  ['decisions.md#age', 'decisions.md#the-chart-shows-the-answer'],
  ['age-off-by-a-minute'],
  async ({ browser, dashboard, controls, api, wire }) => {
    const candles = await api.candles('GOOG', 'range=1M');
    await controls.timeIs('2013-03-01T22:03:10Z');
    await browser.ownClock();
    await dashboard.openShowing(candles, 'GOOG');
    expect(wire.lastHeaders()['x-cache-age']).toBe('190');
    await dashboard.age.says('updated 3 min ago');
    await browser.jump(2 * 60_000);
    await dashboard.age.says('updated 5 min ago');
    await browser.jump(60 * 60_000);
    await dashboard.age.says('updated 1 h ago');
  },
);
