import { scenario } from '../world/scenario';

scenario(
  'H16',
  'without a network the page shows an error with a way to retry, and is not blank',
  ['decisions.md#says-what-is-wrong', 'decisions.md#offline'],
  ['no-way-to-retry'],
  async ({ browser, dashboard, api }) => {
    const year = await api.candles('GOOG', 'range=1Y');
    await dashboard.openShowing(await api.candles('GOOG', 'range=1M'), 'GOOG');
    await browser.online(false);
    await dashboard.range('1Y').click();
    await dashboard.error.mentions('offline');
    await dashboard.retry.isShown();
    await dashboard.range('1Y').isShown();
    // Still without a network, it says so again.
    await dashboard.retry.click();
    await dashboard.error.mentions('offline');
    await browser.online(true);
    await dashboard.chart.shows(year);
    await dashboard.error.isGone();
  },
);
