import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H26',
  'who comes back without a network is told so, keeps his chart, and can retry',
  ['offline-not-noticed'],
  async ({ page, dashboard, api, wire }) => {
    await page.clock.install();
    const candles = await api.candles('GOOG', 'range=1M');
    await dashboard.openShowing(candles, 'GOOG');
    await dashboard.becomes('hidden');
    await page.context().setOffline(true);
    await page.clock.fastForward(6 * 60_000);
    await dashboard.becomes('visible');
    await expect(dashboard.offline).toBeVisible();
    await expect(dashboard.retry).toBeVisible();
    await dashboard.chart.stillShows(candles);
    const before = wire.count;
    await dashboard.retry.click();
    await expect.poll(() => wire.count, 'requests after a retry').toBe(before + 1);
    await page.context().setOffline(false);
    await expect(dashboard.offline).toBeHidden();
    await expect(dashboard.age).toHaveText('updated just now');
  },
);
