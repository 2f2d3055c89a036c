import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

const RANGES = ['1W', '3M', '6M', '5Y', '1Y'];

scenario(
  'H7',
  'after five quick clicks, chart and button show the last range',
  ['decisions.md#asking-in-the-browser'],
  ['answers-kept-without-range'],
  async ({ dashboard, api, controls, wire }) => {
    await dashboard.openShowing(await api.candles('MSFT', 'range=1M'), 'MSFT');
    const last = await api.candles('MSFT', 'range=1Y');
    await controls.provider({ conduct: 'slow', delay_ms: 300 });
    for (const range of RANGES) await dashboard.range(range).click();
    await dashboard.chart.shows(last);
    await dashboard.activeRange.says('1Y');
    // Whatever still comes changes nothing.
    await controls.idle();
    expect(wire.lastQuery().get('range')).toBe('1Y');
    await dashboard.chart.stillShows(last);
  },
);
