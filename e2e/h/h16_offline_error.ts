import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H16',
  'without a network there is an error with a way to retry, and no blank page',
  ['no-way-to-retry'],
  async ({ page, dashboard, api }) => {
    const year = await api.candles('GOOG', 'range=1Y');
    await dashboard.openShowing(await api.candles('GOOG', 'range=1M'), 'GOOG');
    await page.context().setOffline(true);
    await dashboard.range('1Y').click();
    await expect(dashboard.error).toContainText('offline');
    await expect(dashboard.retry).toBeVisible();
    await expect(dashboard.range('1Y')).toBeVisible();
    // Still without a network, it says so again.
    await dashboard.retry.click();
    await expect(dashboard.error).toContainText('offline');
    await page.context().setOffline(false);
    await dashboard.chart.shows(year);
    await expect(dashboard.error).toBeHidden();
  },
);
