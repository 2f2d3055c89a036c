import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H10',
  'two tickers side by side each show their own candles',
  ['decisions.md#the-chart-shows-the-answer'],
  ['compares-with-itself'],
  async ({ browser, dashboard, api }) => {
    await dashboard.open('AAPL', 'range=6M');
    await dashboard.button('Compare').click();
    await dashboard.field('Compare with').fill('msft');
    await browser.press('Enter');
    await dashboard.charts.isThere(2);
    await dashboard.headings.says('AAPL', 'MSFT');
    for (const ticker of ['AAPL', 'MSFT']) {
      await dashboard.chartOf(ticker).shows(await api.candles(ticker, 'range=6M'));
    }
    expect(await dashboard.chartOf('MSFT').candles()).not.toEqual(await dashboard.chartOf('AAPL').candles());
  },
);
