import { check } from '../world/scenario';

check('looks: the dashboard in the dark is the one of the README', async ({ browser, dashboard, api }) => {
  const candles = await api.candles('GOOG', 'range=6M');
  await dashboard.openShowing(candles, 'GOOG', 'range=6M');
  await dashboard.coloured('dark');
  const { x, y } = await dashboard.chart.middleOf(52);
  await browser.pointAt({ x, y });
  await dashboard.tooltip.isShown();
  await dashboard.hasItsFont();
  await browser.looksAs('dashboard.png');
});
