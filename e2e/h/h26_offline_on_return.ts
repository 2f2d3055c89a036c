import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H26',
  'returning without a network says so, keeps the chart, and can retry',
  ['decisions.md#offline', 'decisions.md#says-what-is-wrong'],
  ['offline-not-noticed'],
  async ({ browser, dashboard, api, wire }) => {
    await browser.ownClock();
    const candles = await api.candles('GOOG', 'range=1M');
    await dashboard.openShowing(candles, 'GOOG');
    await dashboard.becomes('hidden');
    await browser.online(false);
    await browser.jump(6 * 60_000);
    await dashboard.becomes('visible');
    await dashboard.offline.isShown();
    await dashboard.retry.isShown();
    await dashboard.chart.stillShows(candles);
    const before = wire.count;
    await dashboard.retry.click();
    await expect.poll(() => wire.count, 'requests after a retry').toBe(before + 1);
    await browser.online(true);
    await dashboard.offline.isGone();
    await dashboard.age.says('updated just now');
  },
);
