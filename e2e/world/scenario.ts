import { expect } from '@playwright/test';
import type { Reader } from '../drivers/browser';
import type { DefectName } from '../../server/web/defects/defects';
import { test, type World } from './world';

type Body = (world: World) => Promise<void>;

/** What is not as usual. */
interface Circumstances {
  /** Why WebDriver cannot do it. */
  readonly onlyPlaywright?: string;
  readonly reader?: Reader;
}

/** A sentence of the specification, in scenarios/specification. */
type Anchor = `${'contract' | 'decisions'}.md#${string}`;

/**
 * A scenario of category H: its ID, what must hold, the sentences of the specification that demand it, the defects that
 * it catches, and a body. With `PROOFS=1` it becomes its proofs: the body on a page with each defect, which must fail
 * through an expectation of its own. A body that needs Playwright's own page says why WebDriver cannot do it; there it is
 * not run.
 */
export function scenario(
  id: string,
  requirement: string,
  from: readonly [Anchor, ...Anchor[]],
  catches: readonly [DefectName, ...DefectName[]],
  body: Body,
  circumstances: Circumstances = {},
): void {
  if (!process.env.PROOFS) {
    check(`${id} ${requirement}`, body, circumstances, from);
    return;
  }
  for (const defect of catches) {
    test.describe(() => {
      test.use({ defect, ...circumstances });
      test(`${id} ${requirement}: catches ${defect}`, async ({ world }) => {
        expect(await outcome(body, world), `what ${id} does with ${defect}`).toBe('caught');
      });
    });
  }
}

/** Something that the page is held to, in category H or besides. */
export function check(
  what: string,
  body: Body,
  circumstances: Circumstances = {},
  from: readonly Anchor[] = [],
): void {
  test.describe(() => {
    test.use(circumstances);
    const annotation = from.map((description) => ({ type: 'specification', description }));
    test(what, { annotation }, async ({ world }) => {
      await body(world);
    });
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
