import { expect, test as base, type Page } from '@playwright/test';
import type { DefectName } from '../../server/web/defects/defects';
import { DashboardPage } from '../pages/dashboard';
import { Api } from './api';
import { Controls } from './controls';
import { BROKEN_DASHBOARD, DASHBOARD, Server } from './server';
import { Wire } from './wire';

/** What a project says of its browser, and a proof of its page. */
export interface Options {
  /** Why there is no such browser here. */
  missing: string | undefined;
  /** The defect that the page has. */
  defect: DefectName | undefined;
}

/** Everything that a scenario sees: a server of its own, and a page of it that is not open yet. */
export interface World {
  readonly page: Page;
  readonly dashboard: DashboardPage;
  readonly controls: Controls;
  readonly api: Api;
  readonly wire: Wire;
}

const test = base.extend<Options & { present: undefined; server: Server; world: World }>({
  missing: [undefined, { option: true }],
  defect: [undefined, { option: true }],
  // Before anything else, so that nothing asks for a browser that is not there.
  present: [
    async ({ missing }, use, info) => {
      const needed = process.env.CI === 'true' && info.project.name !== 'webkit';
      if (missing && needed) throw new Error(missing);
      info.skip(missing !== undefined, `not run: ${missing ?? ''}`);
      await use(undefined);
    },
    { auto: true },
  ],
  server: async ({ defect }, use) => {
    const server = await Server.start(defect ? BROKEN_DASHBOARD : DASHBOARD);
    await use(server);
    await server.stop();
  },
  baseURL: async ({ server }, use) => {
    await use(server.url);
  },
  world: async ({ server, page, defect }, use) => {
    if (defect) {
      await page.addInitScript((name) => {
        Object.assign(window, { candlecheckDefect: name });
      }, defect);
    }
    await use({
      page,
      dashboard: new DashboardPage(page),
      controls: new Controls(server.controls, server.url),
      api: new Api(server.url),
      wire: new Wire(page),
    });
  },
});

type Body = (world: World) => Promise<void>;

/**
 * A scenario of category H: its ID, what must hold, the defects that it catches, and a body. With `PROOFS=1` it becomes
 * its proofs: the body on a page with each defect, which must fail through an expectation of its own.
 */
export function scenario(
  id: string,
  requirement: string,
  catches: readonly [DefectName, ...DefectName[]],
  body: Body,
): void {
  if (!process.env.PROOFS) {
    test(`${id} ${requirement}`, async ({ world }) => {
      await body(world);
    });
    return;
  }
  for (const defect of catches) {
    test.describe(() => {
      test.use({ defect });
      test(`${id} ${requirement}: catches ${defect}`, async ({ world }) => {
        expect(await outcome(body, world), `what ${id} does with ${defect}`).toBe('caught');
      });
    });
  }
}

/** Something that the page is held to besides category H. */
export function check(what: string, body: Body): void {
  test(what, async ({ world }) => {
    await body(world);
  });
}

/** Only an expectation that does not hold catches a defect; anything else is a scenario that broke. */
async function outcome(body: Body, world: World): Promise<string> {
  try {
    await body(world);
    return 'missed';
  } catch (cause) {
    if (cause instanceof Error && 'matcherResult' in cause) return 'caught';
    return `broken: ${String(cause)}`;
  }
}
