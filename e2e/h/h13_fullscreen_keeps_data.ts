import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H13',
  'entering and leaving fullscreen keeps the candles and asks for nothing',
  ['decisions.md#works-on-every-screen'],
  ['asks-when-filling-the-screen'],
  async ({ browser, dashboard, api, wire }) => {
    const candles = await api.candles('GOOG', 'range=1Y');
    await dashboard.openShowing(candles, 'GOOG', 'range=1Y');
    for (const full of [true, false]) {
      await dashboard.fullscreen.click();
      await dashboard.fullscreen.has('aria-pressed', String(full));
      expect(await browser.ask(() => document.fullscreenElement !== null)).toBe(full);
      await dashboard.chart.stillShows(candles);
    }
    expect(wire.count, 'requests').toBe(1);
  },
);
