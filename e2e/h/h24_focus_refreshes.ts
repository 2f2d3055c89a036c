import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

const MINUTE = 60_000;

scenario(
  'H24',
  'returning after 5 minutes makes one new request, returning earlier none',
  ['decisions.md#refetch-on-focus'],
  ['fresh-for-ever', 'never-fresh'],
  async ({ browser, dashboard, api, wire }) => {
    await browser.ownClock();
    await dashboard.openShowing(await api.candles('GOOG', 'range=1M'), 'GOOG');
    await dashboard.becomes('hidden');
    await browser.jump(4 * MINUTE);
    await dashboard.becomes('visible');
    await dashboard.age.says('updated 4 min ago');
    expect(wire.count, 'requests after 4 minutes').toBe(1);
    await dashboard.becomes('hidden');
    await browser.jump(1.5 * MINUTE);
    await dashboard.becomes('visible');
    await expect.poll(() => wire.count, 'requests after 5.5 minutes').toBe(2);
    await dashboard.age.says('updated just now');
    expect(wire.count, 'requests in the end').toBe(2);
  },
);
