import { expect } from '@playwright/test';
import { framesByHand } from '../world/frames';
import { scenario } from '../world/scenario';

scenario(
  'H18',
  'the chart appears once, finishes, and matches its baseline',
  ['decisions.md#visual-baselines', 'decisions.md#the-chart-shows-the-answer'],
  ['never-done-appearing', 'chart-stays-faint'],
  async ({ browser, dashboard, api }) => {
    await browser.allowMotion();
    const frames = await framesByHand(browser);
    await dashboard.open('GOOG', 'range=1Y');
    await expect
      .poll(() => dashboard.chart.candles())
      .toHaveLength((await api.candles('GOOG', 'range=1Y')).length);
    await frames.pass(10);
    await dashboard.animation.has('data-state', 'running');
    await frames.pass(60);
    await dashboard.animation.has('data-state', 'finished');
    await dashboard.hasItsFont();
    await frames.pass(10);
    await browser.looksAs('appeared.png', dashboard.chart.element);
  },
);
