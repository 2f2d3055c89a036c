import { expect } from '@playwright/test';
import type { Reader } from '../drivers/browser';
import { contrast } from '../world/contrast';
import { ink } from '../world/ink';
import { scenario } from '../world/scenario';

/** What WCAG asks of words. */
const READABLE = 4.5;
const WHITE = '#ffffff';

scenario(
  'H40',
  "in a reader's own forced colours the chosen range and resolution are seen, and the chart is drawn in those colours",
  ['decisions.md#every-reader'],
  ['chosen-by-shade-alone', 'chart-in-its-own-colours'],
  async ({ browser, page, dashboard, api }) => {
    const { colour } = await ink(browser);
    expect(await browser.ask(() => matchMedia('(forced-colors: active)').matches)).toBe(true);
    await dashboard.openShowing(await api.candles('GOOG', 'range=6M'), 'GOOG', 'range=6M');
    // Light words on a dark ground are what the theme would have, and forced colours do not care.
    await dashboard.coloured('dark');
    // What an eye sees of a button that is chosen, and then is not.
    const faces = async () => [
      await page.getByRole('button', { name: '6M' }).screenshot(),
      await page.getByRole('button', { name: 'Day' }).screenshot(),
    ];
    const chosen = await faces();
    await dashboard.range('1W').click();
    await dashboard.resolution('30m').has('aria-pressed', 'true');
    for (const [at, face] of (await faces()).entries()) {
      expect(chosen[at]?.equals(face), 'a button looks the same, chosen or not').toBe(false);
    }
    const [ground, words] = await browser.ask(() => {
      const sample = document.createElement('p');
      sample.style.cssText = 'background: Canvas; color: CanvasText';
      document.body.append(sample);
      const { backgroundColor, color } = getComputedStyle(sample);
      sample.remove();
      return [backgroundColor, color];
    });
    const apart = async () => contrast((await colour()) ?? ground, ground);
    await expect.poll(apart, 'the price axis on its ground').toBeGreaterThan(contrast(words, ground) - 0.1);
  },
  { reader: { forcesColours: true } },
);

scenario(
  'H40',
  'at 400 % everything is within the width of the window',
  ['decisions.md#every-reader', 'decisions.md#works-on-every-screen'],
  ['reasons-run-off-the-screen', 'controls-too-wide-for-a-phone'],
  async ({ browser, dashboard, api }) => {
    // A window of 1280 by 800 pixels has that many of CSS.
    await browser.resize({ width: 320, height: 200 });
    const candles = await api.candles('GOOG', 'range=1Y');
    await dashboard.openShowing(candles, 'GOOG', 'range=1Y');
    await dashboard.hasItsFont();
    const allIsSeen = () => expect.poll(() => dashboard.cutOff(), 'what is cut off').toEqual([]);
    await allIsSeen();
    for (const part of [
      dashboard.activeRange,
      dashboard.resolution('Day'),
      dashboard.price,
      dashboard.badge,
    ]) {
      await part.isShown();
    }
    await dashboard.chart.element.focus();
    for (const key of ['Home', 'End']) {
      await browser.press(key);
      await dashboard.tooltip.isShown();
      await allIsSeen();
    }
    await dashboard.button('Compare').click();
    await dashboard.field('Compare with').hasFocus();
    await allIsSeen();
    await dashboard.range('Dates').click();
    await dashboard.field('From').hasFocus();
    await allIsSeen();
    // A date and the sign beside it need more than half of such a window.
    expect(await dashboard.field('From').width(), 'the field of a date').toBeGreaterThan(200);
  },
);

scenario(
  'H40',
  'a dark page is printed in dark ink on white, as wide as the paper, and is dark again afterwards',
  ['decisions.md#every-reader'],
  ['dark-on-paper', 'chart-wider-than-paper', 'printing-not-noticed'],
  async ({ browser, dashboard, api }) => {
    const { colour } = await ink(browser);
    const candles = await api.candles('GOOG', 'range=1Y');
    await dashboard.openShowing(candles, 'GOOG', 'range=1Y');
    await dashboard.coloured('dark');
    const onWhite = async () => contrast((await colour()) ?? WHITE, WHITE);
    await expect.poll(onWhite, 'the price axis of a dark chart, on white').toBeLessThan(READABLE);

    await browser.onPaper(true);
    const picture = browser.find('.picture canvas');
    await picture.isThere(1);
    expect(await onWhite(), 'the price axis on white').toBeGreaterThanOrEqual(READABLE);
    // A sheet of A4, but for its margins.
    await browser.resize({ width: 718, height: 1000 });
    await picture.isShown();
    expect(await picture.width(), 'the picture of the chart').toBeLessThan(718);
    expect(await dashboard.cutOff(), 'what is cut off').toEqual([]);
    for (const part of [dashboard.activeRange, dashboard.activeResolution, dashboard.price]) {
      await part.isShown();
      const [words = ''] = await part.ask(([found]) => [found && getComputedStyle(found).color]);
      expect(contrast(words, WHITE), 'words on white').toBeGreaterThanOrEqual(READABLE);
    }

    await browser.onPaper(false);
    await picture.isThere(0);
    await expect.poll(onWhite, 'the price axis on white').toBeLessThan(READABLE);
    await dashboard.chart.stillShows(candles);
  },
);

const ELSEWHERE: Record<string, Reader> = {
  Tokyo: { timezone: 'Asia/Tokyo', locale: 'ja-JP' },
  Honolulu: { timezone: 'Pacific/Honolulu', locale: 'de-DE' },
  Cairo: { timezone: 'Africa/Cairo', locale: 'ar-EG' },
};

for (const [place, reader] of Object.entries(ELSEWHERE)) {
  scenario(
    'H40',
    `in ${place} hours are New York's, and dates are in the page's own language`,
    ['decisions.md#every-reader'],
    ['hours-of-the-reader', 'dates-in-the-readers-language'],
    async ({ browser, dashboard, api }) => {
      const { times, crosshairTime } = await ink(browser);
      await dashboard.openShowing(await api.candles('AAPL', 'range=1D&resolution=5'), 'AAPL', 'range=1D');
      const zone = await browser.ask(() => new Intl.DateTimeFormat().resolvedOptions().timeZone);
      await dashboard.activeRange.says('1D');
      await dashboard.resolution('5m').has('aria-pressed', 'true');
      const hours = ['10:00', '11:00', '12:00', '13:00', '14:00', '15:00'];
      await expect.poll(times, 'the time axis').toEqual(expect.arrayContaining(['12:00']));
      expect(hours, 'marks at full hours').toEqual(
        expect.arrayContaining((await times()).filter((mark) => mark.endsWith(':00'))),
      );
      await dashboard.chart.element.focus();
      for (const [key, moment] of [
        ['Home', 'Mar 1, 09:30'],
        ['End', 'Mar 1, 15:55'],
      ] as const) {
        await browser.press(key);
        await dashboard.tooltip.mentions(`${moment} ET`);
        await expect.poll(crosshairTime, 'the crosshair').toEqual([moment]);
      }
      expect(zone, 'where the browser is').toBe(reader.timezone);
    },
    { reader },
  );
}

scenario(
  'H40',
  "the year to date is New York's: in Tokyo, in the first morning of a year, it is still the old one",
  ['decisions.md#every-reader', 'decisions.md#asking-in-the-browser'],
  ['year-by-utc'],
  async ({ browser, dashboard, controls, api, wire }) => {
    const evening = '2013-01-01T01:00:00Z';
    await controls.timeIs(evening);
    await browser.ownClock(evening);
    const year = await api.candles('GOOG', 'range=YTD');
    expect(year.at(0)?.date, 'the first day of the year to date').toBe('2012-01-03');
    await dashboard.openShowing(year, 'GOOG', 'range=YTD');
    expect(wire.lastQuery().get('resolution')).toBe('D');
    await dashboard.resolution('Day').has('aria-pressed', 'true');
    await dashboard.resolution('5m').has('aria-disabled', 'true');
  },
  { reader: { timezone: 'Asia/Tokyo' } },
);
