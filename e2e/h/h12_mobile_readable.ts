import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H12',
  'on 375 x 667 the page looks as it did',
  ['controls-too-wide-for-a-phone'],
  async ({ page, dashboard, api }) => {
    await page.setViewportSize({ width: 375, height: 667 });
    await dashboard.openShowing(await api.candles('GOOG', 'range=1Y'), 'GOOG', 'range=1Y');
    await page.evaluate(() => document.fonts.ready);
    await expect(page).toHaveScreenshot('phone.png');
  },
);
