import { expect, type Locator, type Page } from '@playwright/test';
import type { Candle } from '../world/api';
import { Chart } from './chart';

/** The page as a visitor has it. */
export class DashboardPage {
  readonly chart: Chart;
  readonly price: Locator;
  readonly badge: Locator;
  readonly age: Locator;
  readonly spinner: Locator;
  readonly error: Locator;
  readonly retry: Locator;
  readonly offline: Locator;
  readonly tooltip: Locator;
  readonly activeRange: Locator;
  readonly search: Locator;
  readonly fullscreen: Locator;

  constructor(readonly page: Page) {
    this.chart = new Chart(page.getByTestId('price-chart'));
    this.price = page.getByTestId('current-price');
    this.badge = page.getByTestId('cache-status');
    this.age = page.getByTestId('data-age');
    this.spinner = page.getByTestId('loading-spinner');
    this.error = page.getByTestId('error-message');
    this.retry = page.getByTestId('retry-button');
    this.offline = page.getByTestId('offline-indicator');
    this.tooltip = page.getByTestId('candle-tooltip');
    this.activeRange = page.getByTestId('active-range');
    this.search = page.getByTestId('ticker-search');
    this.fullscreen = page.getByTestId('fullscreen-button');
  }

  async open(ticker: string, query = ''): Promise<void> {
    await this.page.goto(`/tickers/${ticker}${query && `?${query}`}`);
  }

  range(name: string): Locator {
    return this.page.getByTestId('range-selector').getByRole('button', { name, exact: true });
  }

  resolution(label: string): Locator {
    return this.page.getByTestId('resolution-selector').getByRole('button', { name: label });
  }

  /** One of two charts that stand side by side. */
  chartOf(ticker: string): Chart {
    return new Chart(this.page.getByTestId(`panel-${ticker}`).getByTestId('price-chart'));
  }

  /** Opens it, and waits until the chart shows these candles. */
  async openShowing(candles: readonly Candle[], ticker: string, query = ''): Promise<void> {
    await this.open(ticker, query);
    await this.chart.shows(candles);
    await this.chart.showsAll(candles.length);
  }

  /**
   * The way back and forth, asked of the page, because a driver's own may wait for a load that never comes. It begins
   * when the page has been asked, because it may end the page.
   */
  async travel(steps: number): Promise<void> {
    await this.page.evaluate((by) => {
      setTimeout(() => {
        window.history.go(by);
      });
    }, steps);
  }

  /** As if its tab were hidden behind another one, or shown again. */
  async becomes(state: 'hidden' | 'visible'): Promise<void> {
    await this.page.evaluate((now) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => now });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    }, state);
  }

  /** How long the last answer of the API took in milliseconds, as the browser measured it. */
  async answeredIn(): Promise<number> {
    return this.page.evaluate(() => {
      const asked = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/ohlc'));
      return asked.at(-1)?.duration ?? Number.NaN;
    });
  }

  /** Switches to these colours, unless it has them. */
  async coloured(theme: 'light' | 'dark'): Promise<void> {
    const toggle = this.page.getByRole('button', { name: `Switch to ${theme} colours` });
    if (await toggle.isVisible()) await toggle.click();
    await expect(this.page.locator('html')).toHaveAttribute('data-theme', theme);
  }
}
