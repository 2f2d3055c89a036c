import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H12',
  'on 375 x 667 the page looks as it did',
  ['controls-too-wide-for-a-phone'],
  async ({ page, dashboard, api }) => {
    await page.setViewportSize({ width: 375, height: 667 });
    // The font comes when the chart is drawn already, as to a visitor whose connection is slow.
    const drawn = Promise.withResolvers<undefined>();
    await page.route('**/*.woff2', async (route) => {
      await drawn.promise;
      await route.continue();
    });
    await dashboard.openShowing(await api.candles('GOOG', 'range=1Y'), 'GOOG', 'range=1Y');
    drawn.resolve(undefined);
    await page.evaluate(() => document.fonts.ready);
    await expect(page).toHaveScreenshot('phone.png');
  },
);
