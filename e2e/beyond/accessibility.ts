import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { check } from '../world/scenario';
import type { World } from '../world/world';

/** What the page can look like, and how it comes to it. */
const STATES: Record<string, (world: World) => Promise<void>> = {
  'a chart': async ({ dashboard, browser }) => {
    await dashboard.open('GOOG');
    await dashboard.price.isShown();
    await browser.find('summary').click();
  },
  'two charts': async ({ dashboard }) => {
    await dashboard.open('AAPL', 'range=1D&compare=MSFT');
    await dashboard.charts.isThere(2);
  },
  'a tooltip': async ({ dashboard, browser }) => {
    await dashboard.open('GOOG');
    await dashboard.chart.element.focus();
    await browser.press('End');
    await dashboard.tooltip.isShown();
  },
  'an unknown ticker': async ({ dashboard }) => {
    await dashboard.open('ZZZZ');
    await dashboard.error.isShown();
  },
  'an empty window': async ({ dashboard }) => {
    await dashboard.open('GOOG', 'start_date=2013-02-23&end_date=2013-02-24');
    await dashboard.empty.isShown();
    await dashboard.range('Dates').click();
  },
  'no network': async ({ dashboard, browser }) => {
    await dashboard.open('GOOG');
    await dashboard.price.isShown();
    await browser.online(false);
    await dashboard.offline.isShown();
  },
};

for (const [state, reach] of Object.entries(STATES)) {
  const what = `accessibility: axe finds nothing serious in ${state}, light or dark`;
  check(
    what,
    async (world) => {
      await reach(world);
      for (const colorScheme of ['light', 'dark'] as const) {
        await world.dashboard.coloured(colorScheme);
        expect(await findings(world.page), `findings in ${colorScheme}`).toEqual([]);
      }
    },
    { onlyPlaywright: 'axe comes into a page through Playwright' },
  );
}

async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return serious.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`));
}
