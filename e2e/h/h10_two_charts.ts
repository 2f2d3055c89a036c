import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H10',
  'two tickers side by side show each its own candles',
  ['compares-with-itself'],
  async ({ page, dashboard, api }) => {
    await dashboard.open('AAPL', 'range=6M');
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByRole('textbox', { name: 'Compare with' }).fill('msft');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('price-chart'), 'two charts').toHaveCount(2);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(['AAPL', 'MSFT']);
    for (const ticker of ['AAPL', 'MSFT']) {
      await dashboard.chartOf(ticker).shows(await api.candles(ticker, 'range=6M'));
    }
    expect(await dashboard.chartOf('MSFT').candles()).not.toEqual(await dashboard.chartOf('AAPL').candles());
  },
);
