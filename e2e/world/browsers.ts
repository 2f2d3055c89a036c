import { existsSync } from 'node:fs';
import {
  chromium,
  firefox,
  webkit,
  type PlaywrightTestOptions,
  type PlaywrightWorkerOptions,
  type Project,
} from '@playwright/test';
import { isWebKitGtkHere } from '../drivers/webkitgtk';
import type { EngineOptions, Options } from './world';

/** A browser to run in. */
export type Browser = Project<PlaywrightTestOptions & Options, PlaywrightWorkerOptions & EngineOptions> & {
  readonly name: string;
};

/** Containers have no sandbox to give, and nothing here may call home. */
const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
/** Firefox on a desktop has touch events only when it is told to. */
const FIREFOX_PREFS = { 'dom.w3c_touch_events.enabled': 1 };

const DEBIAN = { chromium: '/usr/bin/chromium', firefox: '/usr/bin/firefox-esr' };

/** Playwright's own browser where it is installed, else Debian's, else none and the reason why. */
export const browsers: Browser[] = [chromiumHere(), firefoxHere(), webkitHere()];

function chromiumHere(): Browser {
  const name = 'chromium';
  if (existsSync(chromium.executablePath())) return { name, use: { browserName: name } };
  if (!existsSync(DEBIAN.chromium)) return missing(name, 'or `apt-get install chromium`');
  return {
    name,
    use: { browserName: name, launchOptions: { executablePath: DEBIAN.chromium, args: CHROMIUM_ARGS } },
  };
}

function firefoxHere(): Browser {
  const name = 'firefox';
  const own = { browserName: name, launchOptions: { firefoxUserPrefs: FIREFOX_PREFS } } as const;
  if (existsSync(firefox.executablePath())) return { name, use: own };
  if (!existsSync(DEBIAN.firefox)) return missing(name, 'or `apt-get install firefox-esr`');
  const launchOptions = { ...own.launchOptions, executablePath: DEBIAN.firefox };
  return { name, use: { ...own, channel: 'moz-firefox', launchOptions } };
}

function webkitHere(): Browser {
  const name = 'webkit';
  if (existsSync(webkit.executablePath())) return { name, use: { browserName: name } };
  if (isWebKitGtkHere()) return { name, use: { webkitgtk: true } };
  return missing(name, 'or `apt-get install webkit2gtk-driver xvfb`');
}

function missing(name: 'chromium' | 'firefox' | 'webkit', otherwise: string): Browser {
  return {
    name,
    use: { missing: `${name} is not installed: \`npx playwright install ${name}\`, ${otherwise}` },
  };
}
