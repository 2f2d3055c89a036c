import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H8',
  'back and forward restore ticker, range and resolution',
  ['decisions.md#asking-in-the-browser'],
  ['views-forgotten'],
  async ({ browser, dashboard, api }) => {
    const at = async (ticker: string, range: string, resolution: string) => {
      await expect.poll(() => browser.path(), 'the path').toBe(`/tickers/${ticker}`);
      await dashboard.chart.shows(await api.candles(ticker, `range=${range}&resolution=${resolution}`));
      await dashboard.search.holds(ticker);
      await dashboard.activeRange.says(range);
      const label = resolution === 'D' ? 'Day' : '1h';
      await dashboard.resolution(label).has('aria-pressed', 'true');
    };
    await dashboard.open('GOOG');
    await at('GOOG', '1M', 'D');
    await dashboard.search.fill('aapl');
    await browser.press('Enter');
    await at('AAPL', '1M', 'D');
    await dashboard.range('3M').click();
    await at('AAPL', '3M', 'D');
    await dashboard.resolution('1h').click();
    await at('AAPL', '3M', '60');

    await dashboard.travel(-1);
    await at('AAPL', '3M', 'D');
    await dashboard.travel(-2);
    await at('GOOG', '1M', 'D');
    await dashboard.travel(3);
    await at('AAPL', '3M', '60');
  },
);
