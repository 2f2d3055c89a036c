import { touch } from '../pages/fingers';
import { scenario } from '../world/scenario';

scenario(
  'H30',
  'a tap shows the tooltip',
  ['decisions.md#works-on-every-screen'],
  ['tap-ignored'],
  async ({ browser, dashboard, api }) => {
    await browser.resize({ width: 375, height: 667 });
    const candles = await api.candles('GOOG', 'range=1M');
    await dashboard.openShowing(candles, 'GOOG', 'range=1M');
    await touch(dashboard.chart.element, [[await dashboard.chart.middleOf(5)]]);
    const close = dashboard.tooltip.within('[data-field=close]');
    await close.has('data-exact', candles[5]?.close ?? '');
  },
);
