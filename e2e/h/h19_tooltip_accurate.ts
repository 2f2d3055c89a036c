import { scenario } from '../world/scenario';

scenario(
  'H19',
  'the tooltip shows the candle under the pointer, to the last digit',
  ['decisions.md#the-chart-shows-the-answer'],
  ['tooltip-off-by-one'],
  async ({ browser, dashboard, api }) => {
    const candles = await api.candles('AAPL', 'range=3M');
    await dashboard.openShowing(candles, 'AAPL', 'range=3M');
    for (const position of [0, 7, Math.floor(candles.length / 2), candles.length - 1]) {
      const { x, y } = await dashboard.chart.middleOf(position);
      await browser.pointAt({ x, y });
      const { date, open, high, low, close, volume } = candles[position] ?? {};
      for (const [field, exact] of Object.entries({ open, high, low, close, volume })) {
        await dashboard.tooltip.within(`[data-field=${field}]`).has('data-exact', exact ?? '');
      }
      const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });
      await dashboard.tooltip.mentions(day.format(new Date(date ?? 0)));
    }
    await browser.pointAt({ x: 5, y: 5 });
    await dashboard.tooltip.isGone();
  },
);
