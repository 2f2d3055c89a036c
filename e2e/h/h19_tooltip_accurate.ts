import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H19',
  'the tooltip tells the candle under the pointer, to the last digit',
  ['tooltip-off-by-one'],
  async ({ page, dashboard, api }) => {
    const candles = await api.candles('AAPL', 'range=3M');
    await dashboard.openShowing(candles, 'AAPL', 'range=3M');
    for (const position of [0, 7, Math.floor(candles.length / 2), candles.length - 1]) {
      const { x, y } = await dashboard.chart.middleOf(position);
      await page.mouse.move(x, y);
      const { date, open, high, low, close, volume } = candles[position] ?? {};
      for (const [field, exact] of Object.entries({ open, high, low, close, volume })) {
        const told = dashboard.tooltip.locator(`[data-field=${field}]`);
        await expect(told, `${field} of ${date ?? 'no candle'}`).toHaveAttribute('data-exact', exact ?? '');
      }
      const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });
      await expect(dashboard.tooltip).toContainText(day.format(new Date(date ?? 0)));
    }
    await page.mouse.move(5, 5);
    await expect(dashboard.tooltip).toBeHidden();
  },
);
