import { expect } from '@playwright/test';
import { ink } from '../world/ink';
import { scenario } from '../world/scenario';
import type { Row } from '../world/controls';

const row = (date: string, prices: string, volume: string): Row => {
  const [open = '', high = '', low = '', close = ''] = prices.split(' ');
  return { date, open, high, low, close, volume };
};

const PENNY = [
  row('2013-02-26', '0.0007 0.0008 0.0007 0.0008', '1200000'),
  row('2013-02-27', '0.0008 0.0009 0.0007 0.0007', '900000'),
  row('2013-02-28', '0.0007 0.0009 0.0007 0.0008', '2500000'),
  row('2013-03-01', '0.0008 0.0009 0.0008 0.0009', '1700000'),
];
const DUST = [
  row('2013-02-26', '0.0000025 0.0000031 0.0000025 0.0000031', '1200000'),
  row('2013-02-27', '0.0000031 0.0000031 0.0000026 0.0000026', '900000'),
  row('2013-02-28', '0.0000026 0.0000029 0.0000026 0.0000029', '2500000'),
  row('2013-03-01', '0.0000029 0.0000029 0.0000025 0.0000025', '1700000'),
];
/** Volumes of which no two are the same number in floating point that differ by one; the last is the largest of 64 bits. */
const HUGE = [
  row(
    '2013-02-26',
    '459999999999999 460000000000004 459999999999998.5 460000000000000.13',
    '9007199254740993',
  ),
  row(
    '2013-02-27',
    '460000000000000.13 460000000000003 460000000000000 460000000000002.25',
    '9007199254740995',
  ),
  row(
    '2013-02-28',
    '460000000000002.25 460000000000002.25 460000000000000 460000000000000.38',
    '9007199254740997',
  ),
  row(
    '2013-03-01',
    '460000000000000.38 460000000000002 460000000000000 460000000000001.38',
    '18446744073709551615',
  ),
];

scenario(
  'H39',
  'prices below a cent are told apart at the axis, by the last price and at the crosshair',
  ['decisions.md#prices-of-any-size', 'decisions.md#the-chart-shows-the-answer'],
  ['two-decimals-for-all', 'prices-as-the-library-writes-them'],
  async ({ browser, dashboard, controls, api }) => {
    const { axis, crosshair } = await ink(browser);
    const stocks = {
      PENNY: { rows: PENNY, marks: ['0.0007', '0.0008', '0.0009'] },
      DUST: { rows: DUST, marks: ['0.0000025', '0.0000030'] },
    };
    for (const [ticker, { rows, marks }] of Object.entries(stocks)) {
      await controls.lists(ticker, rows);
      const candles = await api.candles(ticker, 'range=1M');
      expect(candles, 'what the API sends').toEqual(rows);
      await dashboard.openShowing(candles, ticker);
      await expect.poll(axis, 'the price axis').toEqual(expect.arrayContaining(marks));
      const last = rows.at(-1)?.close ?? '';
      await dashboard.price.says(last);
      expect(await axis(), 'the last price at the axis').toContain(last);
      await dashboard.chart.element.focus();
      for (const candle of rows.toReversed()) {
        await browser.press(candle === rows.at(-1) ? 'End' : 'ArrowLeft');
        await dashboard.tooltip.within('[data-field=close]').says(candle.close);
        await expect.poll(crosshair, 'the crosshair').toEqual([candle.close]);
      }
    }
  },
);

scenario(
  'H39',
  'prices and volumes with more digits than floating point has are read as the API sent them',
  ['decisions.md#prices-of-any-size', 'decisions.md#the-chart-shows-the-answer'],
  ['numbers-through-floats', 'prices-as-the-library-writes-them'],
  async ({ browser, dashboard, controls, api }) => {
    const { axis, crosshair } = await ink(browser);
    await controls.lists('HUGE', HUGE);
    const candles = await api.candles('HUGE', 'range=1M');
    expect(candles, 'what the API sends').toEqual(HUGE);
    await dashboard.openShowing(candles, 'HUGE');
    await dashboard.price.says('460,000,000,000,001.38');
    const told = ['460,000,000,000,000', '460,000,000,000,001.38', '460,000,000,000,002'];
    await expect.poll(axis, 'the price axis').toEqual(expect.arrayContaining(told));
    await dashboard.chart.element.focus();
    for (const candle of HUGE.toReversed()) {
      await browser.press(candle === HUGE.at(-1) ? 'End' : 'ArrowLeft');
      const { open, high, low, close, volume } = candle;
      for (const [field, exact] of Object.entries({ open, high, low, close, volume })) {
        await dashboard.tooltip.within(`[data-field=${field}]`).has('data-exact', exact);
      }
      await dashboard.tooltip.within('[data-field=volume]').says(withCommas(volume));
      // The crosshair is where a line is drawn, and a pixel has no cents.
      const dollars = new RegExp(`^${withCommas(close.split('.')[0] ?? '')}(\\.|$)`);
      await expect.poll(crosshair, 'the crosshair').toEqual([expect.stringMatching(dollars)]);
    }
    await browser.find('summary').click();
    const cells = HUGE.toReversed().flatMap(({ open, high, low, close, volume }) => [
      open,
      high,
      low,
      close,
      volume,
    ]);
    await browser.find('.candle-table td').says(...cells);
  },
);

scenario(
  'H39',
  'prices of any length can be read whole on a phone',
  ['decisions.md#prices-of-any-size', 'decisions.md#works-on-every-screen'],
  ['prices-in-one-line', 'tooltip-beside-its-candle'],
  async ({ browser, dashboard, controls, api }) => {
    await browser.resize({ width: 375, height: 667 });
    await controls.lists('HUGE', HUGE);
    await dashboard.openShowing(await api.candles('HUGE', 'range=1M'), 'HUGE');
    expect(await dashboard.cutOff(), 'what cannot be read whole').toEqual([]);
    await dashboard.chart.element.focus();
    for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'ArrowRight']) {
      await browser.press(key);
      await dashboard.tooltip.isShown();
      await expect.poll(() => dashboard.cutOff(), 'what cannot be read whole').toEqual([]);
    }
  },
);

const withCommas = (whole: string): string => whole.replace(/\B(?=(\d{3})+$)/g, ',');
