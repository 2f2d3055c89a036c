import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H4',
  'the page reads X-Cache-Source, and shows it',
  ['source-always-in-memory'],
  async ({ page, dashboard, wire }) => {
    await dashboard.open('GOOG');
    await expect(dashboard.badge).toHaveText(/^tiingo/);
    expect(wire.lastAnswer().headers()).toMatchObject({ 'x-cache-source': 'tiingo', 'x-cache-age': '0' });
    await page.reload();
    await expect(dashboard.badge).toHaveText(/^in-memory/);
  },
);
