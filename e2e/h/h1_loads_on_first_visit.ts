import { scenario } from '../world/scenario';

scenario(
  'H1',
  'on a first visit the chart shows every candle of the API',
  ['decisions.md#the-chart-shows-the-answer'],
  ['last-candle-not-drawn'],
  async ({ dashboard, api }) => {
    await dashboard.open('GOOG', 'range=1Y');
    await dashboard.chart.shows(await api.candles('GOOG', 'range=1Y'));
  },
);
