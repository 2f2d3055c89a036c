import { scenario } from '../world/scenario';

scenario(
  'H15',
  'while candles are on their way, the page says so',
  ['decisions.md#says-what-is-wrong'],
  ['loading-not-shown'],
  async ({ dashboard, controls, api }) => {
    await controls.provider({ conduct: 'slow', delay_ms: 1200 });
    await dashboard.open('GOOG');
    await dashboard.spinner.isShown();
    await dashboard.spinner.mentions('GOOG');
    await dashboard.chart.shows(await api.candles('GOOG', 'range=1M'));
    await dashboard.spinner.isGone();
  },
);
