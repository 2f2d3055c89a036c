import { expect } from '@playwright/test';
import { check } from '../world/scenario';

check('looks: the dashboard in the dark is the one of the README', async ({ page, dashboard, api }) => {
  const candles = await api.candles('GOOG', 'range=6M');
  await dashboard.openShowing(candles, 'GOOG', 'range=6M');
  await dashboard.coloured('dark');
  const { x, y } = await dashboard.chart.middleOf(52);
  await page.mouse.move(x, y);
  await expect(dashboard.tooltip).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  await expect(page).toHaveScreenshot('dashboard.png');
});
