import { expect } from '@playwright/test';
import { framesByHand } from '../world/frames';
import { scenario } from '../world/scenario';

scenario(
  'H18',
  'the chart appears once, ends, and then looks as it did',
  ['never-done-appearing', 'chart-stays-faint'],
  async ({ page, dashboard, api }) => {
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    const frames = await framesByHand(page);
    await dashboard.open('GOOG', 'range=1Y');
    await expect
      .poll(() => dashboard.chart.candles())
      .toHaveLength((await api.candles('GOOG', 'range=1Y')).length);
    const animation = page.getByTestId('chart-animation');
    await frames.pass(10);
    await expect(animation).toHaveAttribute('data-state', 'running');
    await frames.pass(60);
    await expect(animation).toHaveAttribute('data-state', 'finished');
    await page.evaluate(() => document.fonts.ready);
    await frames.pass(10);
    await expect(dashboard.chart.element).toHaveScreenshot('appeared.png');
  },
);
