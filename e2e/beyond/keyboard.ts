import { expect } from '@playwright/test';
import { check } from '../world/scenario';

check('keyboard: every control can be reached and used', async ({ page, dashboard, api }) => {
  await dashboard.openShowing(await api.candles('AAPL', 'range=1M'), 'AAPL');
  const press = (key: string) => page.keyboard.press(key);

  await press('/');
  await expect(dashboard.search).toBeFocused();
  await page.keyboard.type('goog');
  await press('Enter');
  await dashboard.chart.shows(await api.candles('GOOG', 'range=1M'));

  await press(']');
  await expect(dashboard.activeRange).toHaveText('3M');
  await press('[');
  await expect(dashboard.activeRange).toHaveText('1M');

  // From the first control to the last one with nothing but Tab.
  await dashboard.search.focus();
  const reached: string[] = [];
  for (let step = 0; step < 25; step += 1) {
    await press('Tab');
    const focused = page.locator(':focus');
    const name = (await focused.getAttribute('aria-label')) ?? (await focused.innerText());
    reached.push(name.replace('+\n', ''));
    if (reached.at(-1) === 'Show as a table') break;
  }
  expect(reached.map((name) => name.split('\n')[0])).toEqual([
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
  await expect(dashboard.activeRange).toHaveText('1Y');
  await dashboard.range('Dates').focus();
  await press('Enter');
  await expect(page.getByRole('textbox', { name: 'From' })).toBeFocused();
  await press('Escape');
  await expect(page.getByRole('textbox', { name: 'From' })).toBeHidden();
});

check('keyboard: the chart is read, zoomed and panned', async ({ page, dashboard, api }) => {
  const candles = await api.candles('GOOG', 'range=1Y');
  await dashboard.openShowing(candles, 'GOOG', 'range=1Y');
  await dashboard.chart.element.focus();
  const close = dashboard.tooltip.locator('[data-field=close]');
  const tells = (position: number) =>
    expect(close).toHaveAttribute('data-exact', candles.at(position)?.close ?? '');
  const inView = async () => {
    const seen = await dashboard.chart.visible();
    return { from: seen?.from ?? 0, width: (seen?.to ?? 0) - (seen?.from ?? 0) };
  };

  await page.keyboard.press('End');
  await tells(-1);
  await page.keyboard.press('ArrowLeft');
  await tells(-2);
  await page.keyboard.press('Home');
  await tells(0);
  await page.keyboard.press('Escape');
  await expect(dashboard.tooltip).toBeHidden();

  const all = await inView();
  for (const part of [0.8, 0.6]) {
    await page.keyboard.press('+');
    await expect.poll(async () => (await inView()).width).toBeLessThan(all.width * part);
  }
  const zoomed = await inView();
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(async () => (await inView()).from).toBeGreaterThan(zoomed.from);
  await page.keyboard.press('0');
  await expect.poll(async () => (await inView()).width).toBeCloseTo(all.width, 3);
});
