import { scenario } from '../world/scenario';

scenario(
  'H1',
  'on a first visit the chart shows what the API answers, candle by candle',
  ['last-candle-not-drawn'],
  async ({ dashboard, api }) => {
    await dashboard.open('GOOG', 'range=1Y');
    await dashboard.chart.shows(await api.candles('GOOG', 'range=1Y'));
  },
);
