import { test as base, type Page } from '@playwright/test';
import type { DefectName } from '../../server/web/defects/defects';
import type { Browser, Engine, Reader } from '../drivers/browser';
import { PlaywrightEngine } from '../drivers/playwright';
import { WebKitGtk } from '../drivers/webkitgtk';
import { DashboardPage } from '../pages/dashboard';
import { Api } from './api';
import { Controls } from './controls';
import { BROKEN_DASHBOARD, DASHBOARD, Server } from './server';
import { Wire } from './wire';

/** What a project says of its browser, and a proof of its page. */
export interface Options {
  /** Why there is no such browser here. */
  missing: string | undefined;
  /** Why this cannot be asked of a browser that WebDriver drives. */
  onlyPlaywright: string | undefined;
  /** Who looks. */
  reader: Reader;
  /** The defect that the page has. */
  defect: DefectName | undefined;
}

/** What a project says of its browser before it is started. */
export interface EngineOptions {
  /** It is Debian's WebKitGTK, driven over WebDriver. */
  webkitgtk: boolean;
}

/** Everything that a scenario sees: a server of its own, and a window in which its page is not open yet. */
export interface World {
  readonly browser: Browser;
  readonly dashboard: DashboardPage;
  readonly controls: Controls;
  readonly api: Api;
  readonly wire: Wire;
  /** Playwright's own, for who says that only Playwright will do. */
  readonly page: Page;
}

interface Fixtures {
  present: undefined;
  server: Server;
  world: World;
}

export const test = base.extend<Options & Fixtures, EngineOptions & { engine: Engine }>({
  missing: [undefined, { option: true }],
  onlyPlaywright: [undefined, { option: true }],
  reader: [{}, { option: true }],
  defect: [undefined, { option: true }],
  webkitgtk: [false, { option: true, scope: 'worker' }],
  // Before anything else, so that nothing asks for a browser that is not there.
  present: [
    async ({ missing, onlyPlaywright, reader, webkitgtk }, use, info) => {
      const needed = process.env.CI === 'true' && info.project.name !== 'webkit';
      if (missing && needed) throw new Error(missing);
      const forced = reader.forcesColours && info.project.name === 'webkit';
      const cannot = forced ? 'WebKit has no forced colours' : webkitgtk ? onlyPlaywright : undefined;
      const reason = missing ?? cannot;
      info.skip(reason !== undefined, `not run: ${reason ?? ''}`);
      await use(undefined);
    },
    { auto: true },
  ],
  engine: [
    async ({ webkitgtk, playwright, browserName }, use) => {
      const engine = webkitgtk
        ? await WebKitGtk.start()
        : await PlaywrightEngine.start(playwright[browserName]);
      await use(engine);
      await engine.stop();
    },
    { scope: 'worker' },
  ],
  server: async ({ defect }, use) => {
    const server = await Server.start(defect ? BROKEN_DASHBOARD : DASHBOARD);
    await use(server);
    await server.stop();
  },
  world: async ({ server, engine, defect, reader }, use) => {
    const wire = new Wire();
    const opened = await engine.open(server.url, wire, reader);
    const { browser, page } = opened;
    if (defect) {
      await browser.beforeLoading((name) => {
        Object.assign(window, { candlecheckDefect: name });
      }, defect);
    }
    await use({
      browser,
      dashboard: new DashboardPage(browser),
      controls: new Controls(server.controls, server.url),
      api: new Api(server.url),
      wire,
      get page() {
        if (!page) throw new Error('WebDriver drives this browser: say that only Playwright will do');
        return page;
      },
    });
    await opened.close();
  },
});
