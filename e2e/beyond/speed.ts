import { expect } from '@playwright/test';
import type { Browser } from '../drivers/browser';
import { mark } from '../world/marks';
import { check } from '../world/scenario';
import { TOLERANCE } from '../world/tolerance';

declare global {
  interface Window {
    candlecheckDrawnAt?: number;
  }
}

check('speed: a miss within 2,500 ms, a hit within 100 ms, a first candle within a second', async (world) => {
  const { browser, dashboard, wire, api } = world;
  await noteFirstCandle(browser);
  const load = async (open: () => Promise<unknown>) => {
    await open();
    // The page asks first: who else asked would fill the cache.
    await dashboard.price.isShown();
    await dashboard.chart.shows(await api.candles('GOOG', 'range=1Y'));
    return {
      answered: await dashboard.answeredIn(),
      drawn: await browser.ask(() => window.candlecheckDrawnAt ?? 0),
    };
  };
  const miss = await load(() => dashboard.open('GOOG', 'range=1Y'));
  expect(wire.lastHeaders()['x-cache-source']).toBe('tiingo');
  const hit = await load(() => browser.reload());
  expect(wire.lastHeaders()['x-cache-source']).toBe('in-memory');

  mark('miss_ms', miss.answered);
  mark('hit_ms', hit.answered);
  mark('first_candle_ms', hit.drawn);
  expect(miss.answered, 'a miss, in ms').toBeLessThan(2500 * TOLERANCE);
  expect(hit.answered, 'a hit, in ms').toBeLessThan(100 * TOLERANCE);
  expect(hit.drawn, 'the first candle, in ms').toBeGreaterThan(0);
  expect(hit.drawn, 'the first candle, in ms').toBeLessThan(1000 * TOLERANCE);
});

/** Milliseconds from the beginning of a load to the first frame that has candles in it. */
async function noteFirstCandle(browser: Browser): Promise<void> {
  await browser.beforeLoading(() => {
    const look = () => {
      const chart = document.querySelector<HTMLElement>('[data-testid=price-chart] canvas');
      if (chart && chart.offsetWidth > 0) window.candlecheckDrawnAt = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}
