import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H25',
  'the badge tells the age of the data: what passed before it came, and since',
  ['age-off-by-a-minute'],
  async ({ page, dashboard, controls, api, wire }) => {
    const candles = await api.candles('GOOG', 'range=1M');
    await controls.timeIs('2013-03-01T22:03:10Z');
    await page.clock.install();
    await dashboard.openShowing(candles, 'GOOG');
    expect(wire.lastAnswer().headers()['x-cache-age']).toBe('190');
    await expect(dashboard.age).toHaveText('updated 3 min ago');
    await page.clock.fastForward(2 * 60_000);
    await expect(dashboard.age).toHaveText('updated 5 min ago');
    await page.clock.fastForward(60 * 60_000);
    await expect(dashboard.age).toHaveText('updated 1 h ago');
  },
);
