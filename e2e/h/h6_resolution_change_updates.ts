import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H6',
  'another resolution shows another number of candles, and one that does not fit says why',
  ['decisions.md#asking-in-the-browser', 'decisions.md#admit'],
  ['resolution-not-asked-for'],
  async ({ browser, dashboard, api }) => {
    await dashboard.openShowing(await api.candles('AAPL', 'range=1D&resolution=5'), 'AAPL', 'range=1D');
    await dashboard.resolution('15m').click();
    const quarters = await api.candles('AAPL', 'range=1D&resolution=15');
    expect(quarters.length, 'a session in quarters of an hour').toBe(26);
    await dashboard.chart.shows(quarters);

    await dashboard.range('1Y').click();
    await dashboard.resolution('15m').has('aria-disabled', 'true');
    await dashboard.resolution('15m').isExplained(/90 days at most.* 365/);
    await dashboard.resolution('Day').focus();
    await browser.press('Shift+Tab');
    await dashboard.resolution('1h').within('.reason').isShown();
  },
);
