import { touch, way } from '../pages/fingers';
import { scenario } from '../world/scenario';

scenario(
  'H29',
  'a swipe selects the next range',
  ['decisions.md#works-on-every-screen'],
  ['swipe-ignored'],
  async ({ browser, dashboard, api }) => {
    await browser.resize({ width: 375, height: 667 });
    await dashboard.openShowing(await api.candles('GOOG', 'range=1M'), 'GOOG', 'range=1M');
    const y = (await dashboard.chart.middleOf(3)).y;
    const swipe = (from: number, to: number) =>
      touch(
        dashboard.chart.element,
        way({ x: from, y }, { x: to, y }).map((finger) => [finger]),
      );
    await swipe(250, 90);
    await dashboard.activeRange.says('3M');
    const quarter = await api.candles('GOOG', 'range=3M');
    await dashboard.chart.shows(quarter);
    await dashboard.chart.showsAll(quarter.length);
    await swipe(90, 250);
    await dashboard.activeRange.says('1M');
  },
);
