import type { Browser } from '../drivers/browser';
import type { Candle } from '../world/api';
import { Chart } from './chart';
import { cutOff } from './cutOff';
import type { Part } from './part';

/** The page as a reader has it. */
export class DashboardPage {
  readonly chart: Chart;
  readonly charts: Part;
  readonly headings: Part;
  readonly price: Part;
  readonly badge: Part;
  readonly age: Part;
  readonly spinner: Part;
  readonly animation: Part;
  readonly empty: Part;
  readonly error: Part;
  readonly retry: Part;
  readonly offline: Part;
  readonly tooltip: Part;
  readonly activeRange: Part;
  readonly activeResolution: Part;
  readonly search: Part;
  readonly fullscreen: Part;

  constructor(private readonly browser: Browser) {
    this.charts = this.marked('price-chart');
    this.chart = new Chart(this.charts);
    this.headings = browser.find('h1');
    this.price = this.marked('current-price');
    this.badge = this.marked('cache-status');
    this.age = this.marked('data-age');
    this.spinner = this.marked('loading-spinner');
    this.animation = this.marked('chart-animation');
    this.empty = this.marked('empty-message');
    this.error = this.marked('error-message');
    this.retry = this.marked('retry-button');
    this.offline = this.marked('offline-indicator');
    this.tooltip = this.marked('candle-tooltip');
    this.activeRange = this.marked('active-range');
    this.activeResolution = this.marked('resolution-selector').within('[aria-pressed=true]');
    this.search = this.marked('ticker-search');
    this.fullscreen = this.marked('fullscreen-button');
  }

  async open(ticker: string, query = ''): Promise<void> {
    await this.browser.open(`/tickers/${ticker}${query && `?${query}`}`);
  }

  range(name: string): Part {
    return this.marked('range-selector').called('button', name);
  }

  resolution(label: string): Part {
    return this.marked('resolution-selector').called('button', label);
  }

  button(name: string): Part {
    return this.browser.find('body').called('button', name);
  }

  field(name: string): Part {
    return this.browser.find('body').called('textbox', name);
  }

  /** One of two charts that stand side by side. */
  chartOf(ticker: string): Chart {
    return new Chart(this.marked(`panel-${ticker}`).within('[data-testid=price-chart]'));
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
    await this.browser.ask((by) => {
      setTimeout(() => {
        window.history.go(by);
      });
    }, steps);
  }

  /** As if its tab were hidden behind another one, or shown again. */
  async becomes(state: 'hidden' | 'visible'): Promise<void> {
    await this.browser.ask((now) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => now });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    }, state);
  }

  /** How long the last answer of the API took in milliseconds, as the browser measured it. */
  async answeredIn(): Promise<number> {
    return this.browser.ask(() => {
      const asked = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/ohlc'));
      return asked.at(-1)?.duration ?? Number.NaN;
    });
  }

  /** Waits until the page's own font is there, and drawn with. */
  async hasItsFont(): Promise<void> {
    await this.browser.ask(async () => {
      await document.fonts.ready;
    });
  }

  /** Switches to these colours, unless it has them. */
  async coloured(theme: 'light' | 'dark'): Promise<void> {
    const root = this.browser.find('html');
    const has = await root.ask(([html]) => html?.dataset.theme);
    if (has !== theme) await this.button(`Switch to ${theme} colours`).click();
    await root.has('data-theme', theme);
  }

  /** What somebody would have to guess, or to scroll sideways for: texts that stick out of the window or of their button. */
  async cutOff(): Promise<string[]> {
    return this.browser.ask(cutOff);
  }

  private marked(testId: string): Part {
    return this.browser.find(`[data-testid="${testId}"]`);
  }
}
