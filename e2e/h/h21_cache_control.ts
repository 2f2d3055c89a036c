import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

declare global {
  interface Window {
    candlecheckModes?: (RequestCache | undefined)[];
  }
}

scenario(
  'H21',
  'no browser keeps an answer: both sides say no-store, and each load asks again',
  ['decisions.md#asking-in-the-browser', 'contract.md#headers'],
  ['browser-may-answer', 'answers-kept-in-the-browser'],
  async ({ browser, dashboard, wire }) => {
    // How the browser is told to ask, because not every driver sees the headers that it makes of that.
    await browser.beforeLoading(() => {
      const modes: (RequestCache | undefined)[] = (window.candlecheckModes = []);
      const asked = window.fetch.bind(window);
      window.fetch = (url, init) => {
        if (typeof url === 'string' && url.includes('/ohlc')) modes.push(init?.cache);
        return asked(url, init);
      };
    });
    await dashboard.open('GOOG');
    await dashboard.badge.isShown();
    expect(wire.lastHeaders()['cache-control']).toBe('no-store');
    expect(await browser.ask(() => window.candlecheckModes)).toEqual(['no-store']);
    await browser.reload();
    await dashboard.badge.isShown();
    expect(wire.count, 'requests').toBe(2);
  },
);
