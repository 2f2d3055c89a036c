import { expect, type Route } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H12',
  'on 375 x 667 the page looks as it did',
  ['controls-too-wide-for-a-phone'],
  async ({ page, dashboard, api }) => {
    await page.setViewportSize({ width: 375, height: 667 });
    // The font comes when the chart is drawn already, as to a visitor whose connection is slow.
    const held: Route[] = [];
    let isHeld = true;
    await page.route('**/*.woff2', async (route) => {
      if (isHeld) held.push(route);
      else await route.continue();
    });
    const candles = await api.candles('GOOG', 'range=1Y');
    await page.goto('/tickers/GOOG?range=1Y', { waitUntil: 'commit' });
    await dashboard.chart.shows(candles);
    isHeld = false;
    await Promise.all(held.map((route) => route.continue()));
    await dashboard.chart.showsAll(candles.length);
    await page.evaluate(() => document.fonts.ready);
    await expect(page).toHaveScreenshot('phone.png');
  },
);
