import { expect } from '@playwright/test';
import { check } from '../world/scenario';

check('keyboard: every control can be reached and used', async ({ browser, dashboard, api }) => {
  await dashboard.openShowing(await api.candles('AAPL', 'range=1M'), 'AAPL');
  const press = (key: string) => browser.press(key);

  await press('/');
  await dashboard.search.hasFocus();
  await browser.type('goog');
  await press('Enter');
  await dashboard.chart.shows(await api.candles('GOOG', 'range=1M'));

  await press(']');
  await dashboard.activeRange.says('3M');
  await press('[');
  await dashboard.activeRange.says('1M');

  // From the first control to the last one with nothing but Tab.
  await dashboard.search.focus();
  const reached: string[] = [];
  for (let step = 0; step < 25; step += 1) {
    await press('Tab');
    const name = await browser.find(':focus').ask(([control]) => {
      // What stands in it besides its own words is a sign, or a reason.
      const words = [...(control?.childNodes ?? [])].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
      const text = words.map(({ textContent }) => textContent).join('');
      return control?.getAttribute('aria-label') ?? text;
    });
    reached.push(name);
    if (reached.at(-1) === 'Show as a table') break;
  }
  expect(reached).toEqual([
    'Compare',
    'Switch to dark colours',
    ...['1D', '1W', '1M', '3M', '6M', 'YTD', '1Y', '5Y', 'Dates'],
    ...['1m', '5m', '15m', '30m', '1h', 'Day'],
    'Fill the screen',
    expect.stringContaining('GOOG from'),
    'Show as a table',
  ]);

  await dashboard.range('1Y').focus();
  await press('Enter');
  await dashboard.activeRange.says('1Y');
  await dashboard.range('Dates').focus();
  await press('Enter');
  await dashboard.field('From').hasFocus();
  await press('Escape');
  await dashboard.field('From').isGone();
});

check('keyboard: the chart is read, zoomed and panned', async ({ browser, dashboard, api }) => {
  const candles = await api.candles('GOOG', 'range=1Y');
  await dashboard.openShowing(candles, 'GOOG', 'range=1Y');
  await dashboard.chart.element.focus();
  const close = dashboard.tooltip.within('[data-field=close]');
  const tells = (position: number) => close.has('data-exact', candles.at(position)?.close ?? '');
  const inView = async () => {
    const seen = await dashboard.chart.visible();
    return { from: seen?.from ?? 0, width: (seen?.to ?? 0) - (seen?.from ?? 0) };
  };

  await browser.press('End');
  await tells(-1);
  await browser.press('ArrowLeft');
  await tells(-2);
  await browser.press('Home');
  await tells(0);
  await browser.press('Escape');
  await dashboard.tooltip.isGone();

  const all = await inView();
  for (const part of [0.8, 0.6]) {
    await browser.press('+');
    await expect.poll(async () => (await inView()).width).toBeLessThan(all.width * part);
  }
  const zoomed = await inView();
  await browser.press('Shift+ArrowRight');
  await expect.poll(async () => (await inView()).from).toBeGreaterThan(zoomed.from);
  await browser.press('0');
  await expect.poll(async () => (await inView()).width).toBeCloseTo(all.width, 3);
});

check('keyboard: a zoom in the first frames of a chart is kept', async ({ dashboard, api }) => {
  const candles = await api.candles('GOOG', 'range=1Y');
  // A chart finds its size in its first frames, and may then put all candles in view: not any more, when there was a zoom.
  for (let opening = 0; opening < 6; opening += 1) {
    await dashboard.openShowing(candles, 'GOOG', 'range=1Y');
    await dashboard.chart.element.ask(([chart]) =>
      chart?.dispatchEvent(new KeyboardEvent('keydown', { key: '+', bubbles: true })),
    );
    const width = async () => {
      const seen = await dashboard.chart.visible();
      return (seen?.to ?? 0) - (seen?.from ?? 0);
    };
    await expect.poll(width, 'how many candles are in view').toBeLessThan(candles.length * 0.8);
  }
});
