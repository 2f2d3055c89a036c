import { scenario } from '../world/scenario';

scenario(
  'H12',
  'at 375 x 667 the page matches its baseline',
  ['decisions.md#visual-baselines', 'decisions.md#works-on-every-screen'],
  ['controls-too-wide-for-a-phone'],
  async ({ browser, dashboard, api }) => {
    await browser.resize({ width: 375, height: 667 });
    // The font comes when the chart is drawn already, as to a reader whose connection is slow.
    const bringFonts = await browser.hold(/\.woff2$/);
    const candles = await api.candles('GOOG', 'range=1Y');
    await dashboard.open('GOOG', 'range=1Y');
    await dashboard.chart.shows(candles);
    await bringFonts();
    await dashboard.chart.showsAll(candles.length);
    await dashboard.hasItsFont();
    await browser.looksAs('phone.png');
  },
);
