import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

const LIMIT = 5000;

scenario(
  'H2',
  'the chart is drawn within 5 s',
  ['decisions.md#performance-marks'],
  ['drawn-late'],
  async ({ dashboard }) => {
    const began = Date.now();
    await dashboard.open('GOOG', 'range=1Y');
    const drawn = async () => (await dashboard.chart.candles()).length;
    await expect
      .poll(drawn, { message: 'candles drawn', timeout: LIMIT - (Date.now() - began) })
      .toBeGreaterThan(0);
  },
);
