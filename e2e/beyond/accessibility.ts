import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { check, type World } from '../world/scenario';

/** What the page can look like, and how it comes to it. */
const STATES: Record<string, (world: World) => Promise<void>> = {
  'a chart': async ({ dashboard }) => {
    await dashboard.open('GOOG');
    await expect(dashboard.price).toBeVisible();
    await dashboard.page.getByText('Show as a table').click();
  },
  'two charts': async ({ dashboard, page }) => {
    await dashboard.open('AAPL', 'range=1D&compare=MSFT');
    await expect(page.getByTestId('price-chart')).toHaveCount(2);
  },
  'a tooltip': async ({ dashboard }) => {
    await dashboard.open('GOOG');
    await dashboard.chart.element.focus();
    await dashboard.page.keyboard.press('End');
    await expect(dashboard.tooltip).toBeVisible();
  },
  'an unknown ticker': async ({ dashboard }) => {
    await dashboard.open('ZZZZ');
    await expect(dashboard.error).toBeVisible();
  },
  'an empty window': async ({ dashboard, page }) => {
    await dashboard.open('GOOG', 'start_date=2013-02-23&end_date=2013-02-24');
    await expect(page.getByTestId('empty-message')).toBeVisible();
    await dashboard.range('Dates').click();
  },
  'no network': async ({ dashboard, page }) => {
    await dashboard.open('GOOG');
    await expect(dashboard.price).toBeVisible();
    await page.context().setOffline(true);
    await expect(dashboard.offline).toBeVisible();
  },
};

for (const [state, reach] of Object.entries(STATES)) {
  check(`accessibility: axe finds nothing serious in ${state}, light or dark`, async (world) => {
    await reach(world);
    for (const colorScheme of ['light', 'dark'] as const) {
      await world.dashboard.coloured(colorScheme);
      expect(await findings(world.page), `findings in ${colorScheme}`).toEqual([]);
    }
  });
}

async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return serious.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`));
}
