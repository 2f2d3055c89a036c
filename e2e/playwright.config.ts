import { defineConfig } from '@playwright/test';
import { browsers } from './world/browsers';
import { TOLERANCE } from './world/tolerance';
import type { EngineOptions, Options } from './world/world';

const { PROOFS } = process.env;
const proofs = Boolean(PROOFS);
/** One browser is enough to show that scenarios can fail; `PROOFS=firefox` or `PROOFS=webkit` takes another one. */
const proving = browsers.filter(({ name }) => name === (PROOFS === '1' ? 'chromium' : PROOFS));
if (proofs && proving.length === 0) throw new Error(`PROOFS=${PROOFS ?? ''} is neither 1 nor a browser`);

/** Category H. `PROOFS=1` runs the proofs instead: each scenario on a page that is broken on purpose. */
export default defineConfig<Options, EngineOptions>({
  testDir: '.',
  testMatch: proofs ? 'h/*.ts' : ['h/*.ts', 'beyond/*.ts'],
  globalSetup: './world/before.ts',
  snapshotPathTemplate: 'baselines/{projectName}/{arg}{ext}',
  // A missing baseline is a failure; `npx playwright test --update-snapshots` makes one on purpose.
  updateSnapshots: 'none',
  outputDir: 'results/artifacts',
  reporter: [
    ['list'],
    ['./reporters/notRun.ts'],
    ['./reporters/marks.ts'],
    ...(proofs ? [['./reporters/claims.ts'] as const] : []),
    ['json', { outputFile: `results/${proofs ? 'proofs' : 'h'}.json` }],
  ],
  retries: 0,
  // Frames and times are measured, so nothing else of ours may run.
  workers: 1,
  forbidOnly: true,
  timeout: 40_000 * TOLERANCE,
  expect: {
    timeout: proofs ? 3_000 : 6_000 * TOLERANCE,
    toHaveScreenshot: { maxDiffPixelRatio: 0.001 },
    toMatchSnapshot: { maxDiffPixelRatio: 0.001 },
  },
  use: {
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    locale: 'en-US',
    timezoneId: 'America/New_York',
    reducedMotion: 'reduce',
    actionTimeout: 10_000,
    screenshot: 'only-on-failure',
  },
  projects: proofs ? proving : browsers,
});
