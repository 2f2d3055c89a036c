import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H9',
  'a reload is answered from a cache',
  ['decisions.md#kept-from'],
  ['asks-another-window-each-time'],
  async ({ browser, dashboard, wire }) => {
    await dashboard.open('GOOG', 'range=1Y');
    await dashboard.badge.isShown();
    await browser.reload();
    await dashboard.badge.isShown();
    expect(wire.count, 'requests').toBe(2);
    expect(['in-memory', 'dynamodb']).toContain(wire.lastHeaders()['x-cache-source']);
  },
);
