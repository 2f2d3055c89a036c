import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H4',
  'the page reads X-Cache-Source and shows it',
  ['contract.md#headers', 'decisions.md#the-chart-shows-the-answer'],
  ['source-always-in-memory'],
  async ({ browser, dashboard, wire }) => {
    await dashboard.open('GOOG');
    await dashboard.badge.says(/^tiingo/);
    expect(wire.lastHeaders()).toMatchObject({ 'x-cache-source': 'tiingo', 'x-cache-age': '0' });
    await browser.reload();
    await dashboard.badge.says(/^in-memory/);
  },
);
