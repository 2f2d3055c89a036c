import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H21',
  'no browser keeps an answer: no-store, and each load asks anew',
  ['browser-may-answer', 'answers-kept-in-the-browser'],
  async ({ page, dashboard, wire }) => {
    await dashboard.open('GOOG');
    await expect(dashboard.badge).toBeVisible();
    expect(wire.lastAnswer().headers()['cache-control']).toBe('no-store');
    expect((await wire.lastRequest().allHeaders())['cache-control'], 'what the browser was told').toBe(
      'no-cache',
    );
    await page.reload();
    await expect(dashboard.badge).toBeVisible();
    expect(wire.count, 'requests').toBe(2);
  },
);
