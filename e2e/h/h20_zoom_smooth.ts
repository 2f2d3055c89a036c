import { expect } from '@playwright/test';
import { watchFrames } from '../world/frames';
import { mark } from '../world/marks';
import { scenario } from '../world/scenario';
import { TOLERANCE } from '../world/tolerance';

const TURNS = 24;

scenario(
  'H20',
  'zooming shows 30 frames a second, and no frame takes longer than 100 ms',
  ['decisions.md#performance-marks'],
  ['zoom-blocks'],
  async ({ browser, page, dashboard, api }) => {
    const candles = await api.candles('GOOG', 'range=5Y');
    await dashboard.openShowing(candles, 'GOOG', 'range=5Y');
    const { x, y } = await dashboard.chart.middleOf(Math.floor(candles.length / 2));
    await browser.pointAt({ x, y });
    const frames = await watchFrames(browser);
    for (let turn = 0; turn < TURNS; turn += 1) await page.mouse.wheel(0, turn % 3 === 2 ? 120 : -120);
    const { longest, rate } = await frames.ended();
    const seen = await dashboard.chart.visible();
    expect((seen?.to ?? 0) - (seen?.from ?? 0), 'candles in view').toBeLessThan(candles.length - 1);
    mark('zoom_longest_frame_ms', longest);
    expect(rate, 'frames a second').toBeGreaterThanOrEqual(30 / TOLERANCE);
    expect(longest, 'the longest frame, in ms').toBeLessThanOrEqual(100 * TOLERANCE);
  },
  { onlyPlaywright: 'WebKitGTK has no graphics card on its screen, so its frames would tell of the machine' },
);
