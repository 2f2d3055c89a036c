import { expect } from '@playwright/test';
import { scenario } from '../world/scenario';

scenario(
  'H27',
  'a 4xx is asked once, and the page says what to do',
  ['decisions.md#retries-in-the-browser', 'decisions.md#told'],
  ['refusals-retried'],
  async ({ dashboard, wire }) => {
    await dashboard.open('ZZZZ');
    await dashboard.error.mentions('Ticker ZZZZ was not found; check the spelling');
    expect(wire.count, 'requests').toBe(1);
  },
);

scenario(
  'H27',
  'a 5xx is asked four times with growing gaps, and then by hand',
  ['decisions.md#retries-in-the-browser'],
  ['failures-not-retried', 'retries-without-growing-gaps'],
  async ({ dashboard, controls, api, wire }) => {
    await controls.provider({ conduct: 'refusing', status: 503 });
    await dashboard.open('GOOG');
    await dashboard.error.isShown(15_000);
    expect(wire.count, 'requests').toBe(4);
    const [first = 0, second = 0, third = 0] = wire.gaps;
    // Never earlier than that; how much later is up to how busy the machine is.
    expect(first, 'the first gap, in ms').toBeGreaterThan(950);
    expect(second, 'the second gap, in ms').toBeGreaterThan(1950);
    expect(third, 'the third gap, in ms').toBeGreaterThan(3950);
    await controls.provider({ conduct: 'good' });
    await dashboard.retry.click();
    await dashboard.chart.shows(await api.candles('GOOG', 'range=1M'));
  },
);

scenario(
  'H27',
  'a 429 is asked again when its Retry-After has passed',
  ['decisions.md#retries-in-the-browser', 'decisions.md#comes-back'],
  ['patience-ignored'],
  async ({ dashboard, controls, wire }) => {
    await controls.provider({ conduct: 'limiting', retry_after: 2, calls: 1 });
    await dashboard.open('GOOG');
    await dashboard.error.mentions('Asking again in');
    expect(wire.lastHeaders()['retry-after']).toBe('2');
    // The server obeys its provider too, by its own calendar.
    await controls.timeIs('2013-03-01T22:00:03Z');
    await dashboard.price.isShown(10_000);
    expect(wire.count, 'requests').toBe(2);
    // Two seconds, but for the moment that the first request needs to be heard of here.
    expect(wire.gaps[0], 'the gap, in ms').toBeGreaterThan(1950);
  },
);
