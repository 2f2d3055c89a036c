import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H9',
  'a reload is answered by a cache',
  ['asks-another-window-each-time'],
  async ({ page, dashboard, wire }) => {
    await dashboard.open('GOOG', 'range=1Y');
    await expect(dashboard.badge).toBeVisible();
    await page.reload();
    await expect(dashboard.badge).toBeVisible();
    expect(wire.count, 'requests').toBe(2);
    expect(['in-memory', 'dynamodb']).toContain(wire.lastAnswer().headers()['x-cache-source']);
  },
);
