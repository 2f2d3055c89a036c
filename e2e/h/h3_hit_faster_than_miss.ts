import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H3',
  'with a provider that takes 800 ms, the second load is faster than the first',
  ['decisions.md#kept-from'],
  ['asks-another-window-each-time'],
  async ({ browser, dashboard, controls, wire }) => {
    await controls.provider({ conduct: 'slow', delay_ms: 800 });
    const load = async (open: () => Promise<unknown>) => {
      const asked = wire.count;
      await open();
      await expect.poll(() => wire.count).toBe(asked + 1);
      await dashboard.price.isShown();
      return dashboard.answeredIn();
    };
    const miss = await load(() => dashboard.open('GOOG', 'range=1Y'));
    const hit = await load(() => browser.reload());
    expect(miss, 'the first load, in ms').toBeGreaterThanOrEqual(800);
    expect(hit, 'the second load, in ms').toBeLessThan(800);
  },
);
