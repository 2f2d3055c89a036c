import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Builder, Capabilities } from 'selenium-webdriver';
import type { Wire } from '../world/wire';
import type { Engine, OpenWindow, Reader } from './browser';
import { Gate } from './gate';
import { WebDriverBrowser } from './webdriver';

const DRIVER = '/usr/bin/WebKitWebDriver';
const SCREEN = '/usr/bin/Xvfb';
const BROWSER = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/webkit2gtk-4.1/MiniBrowser`;
/** Its settings: less motion, and a window that may be as narrow as a phone. */
const SETTINGS = fileURLToPath(new URL('.', import.meta.url));
const SCREEN_SIZE = { width: 4000, height: 2600 };
const WINDOW = { width: 1280, height: 800 };

/**
 * Where its window begins: the pointer of a new screen stands in the middle, and there over the window's tool bar. So
 * the window has the focus, and nothing of the page is pointed at.
 */
const CORNER = { x: SCREEN_SIZE.width / 2 - 10, y: SCREEN_SIZE.height / 2 - 10 };

/** Whether Debian's WebKitGTK can be driven here. */
export const isWebKitGtkHere = (): boolean => [DRIVER, SCREEN, BROWSER].every((path) => existsSync(path));

/** WebKitGTK, driven over WebDriver on a screen of its own, without a window manager. */
export class WebKitGtk implements Engine {
  private constructor(
    private readonly screen: ChildProcess,
    private readonly driver: ChildProcess,
    private readonly url: string,
  ) {}

  static async start(): Promise<WebKitGtk> {
    const screen = spawn(
      SCREEN,
      [
        '-displayfd',
        '3',
        '-screen',
        '0',
        `${SCREEN_SIZE.width}x${SCREEN_SIZE.height}x24`,
        '-nolisten',
        'tcp',
      ],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
    );
    const display = await new Promise<string>((resolve, reject) => {
      screen.stdio[3]?.once('data', (number: Buffer) => {
        resolve(`:${number.toString().trim()}`);
      });
      screen.once('exit', () => {
        reject(new Error(`${SCREEN} ended before it had a display: try it by hand`));
      });
    });
    const port = await freePort();
    const driver = spawn(DRIVER, [`--port=${port}`], {
      env: {
        ...process.env,
        DISPLAY: display,
        // Containers have no sandbox to give, and no bus that would know of any assistant.
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
        GTK_A11Y: 'none',
        GSETTINGS_BACKEND: 'memory',
        XDG_CONFIG_HOME: SETTINGS,
        LANG: 'en_US.UTF-8',
        TZ: 'America/New_York',
      },
      stdio: 'ignore',
    });
    const url = `http://127.0.0.1:${port}`;
    await listens(driver, url);
    return new WebKitGtk(screen, driver, url);
  }

  async open(server: string, wire: Wire, { timezone, locale }: Reader): Promise<OpenWindow> {
    const gate = await Gate.before(server, wire);
    const capabilities = new Capabilities({
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': {
        // Each window is a process of its own, and may live elsewhere.
        binary: '/usr/bin/env',
        args: [
          ...(timezone ? [`TZ=${timezone}`] : []),
          ...(locale ? [`LC_ALL=${locale.replace('-', '_')}.UTF-8`] : []),
          BROWSER,
          '--automation',
        ],
      },
    });
    const session = await new Builder().usingServer(this.url).withCapabilities(capabilities).build();
    const browser = new WebDriverBrowser(session, gate, CORNER);
    await browser.resize(WINDOW);
    return {
      browser,
      close: async () => {
        await session.quit();
        await gate.close();
      },
    };
  }

  async stop(): Promise<void> {
    for (const child of [this.driver, this.screen]) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits until the driver listens, which it does not tell. */
async function listens(driver: ChildProcess, url: string): Promise<void> {
  while (driver.exitCode === null) {
    const status = await fetch(`${url}/status`).catch(() => undefined);
    if (status?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${DRIVER} ended with ${driver.exitCode}: try it by hand`);
}
