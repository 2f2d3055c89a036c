import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H5',
  'a range button makes one request',
  ['decisions.md#asking-in-the-browser'],
  ['asks-twice'],
  async ({ dashboard, api, wire }) => {
    await dashboard.openShowing(await api.candles('GOOG', 'range=1M'), 'GOOG');
    const before = wire.count;
    for (const [clicks, range] of ['3M', '1Y', '5Y'].entries()) {
      await dashboard.range(range).click();
      await dashboard.chart.shows(await api.candles('GOOG', `range=${range}`));
      expect(wire.count - before, 'requests').toBe(clicks + 1);
      expect(wire.lastQuery().get('range')).toBe(range);
    }
  },
);
