import { expect, type BrowserType, type Locator, type Page, type Route } from '@playwright/test';
import { Part } from '../pages/part';
import type { Wire } from '../world/wire';
import type { Browser, Engine, OpenWindow, Point, Question, Size, Reader } from './browser';
import { styledForPaper, toldOfPaper } from './paper';

type Process = Awaited<ReturnType<BrowserType['launch']>>;

/** What Firefox is set to by whoever forces their colours on pages. */
const FORCED_COLOURS = { 'browser.display.document_color_use': 2 };

/** A browser that Playwright drives. */
export class PlaywrightEngine implements Engine {
  private constructor(
    private readonly type: BrowserType,
    private readonly process: Process,
  ) {}

  static async start(type: BrowserType): Promise<PlaywrightEngine> {
    return new PlaywrightEngine(type, await type.launch());
  }

  async open(server: string, wire: Wire, reader: Reader): Promise<OpenWindow> {
    const { timezone, locale, forcesColours } = reader;
    // Firefox cannot be told while it runs.
    const own = forcesColours && this.type.name() === 'firefox';
    const process = own ? await this.type.launch({ firefoxUserPrefs: FORCED_COLOURS }) : this.process;
    const context = await process.newContext({
      baseURL: server,
      ...(timezone && { timezoneId: timezone }),
      ...(locale && { locale }),
      ...(forcesColours && { forcedColors: 'active' }),
    });
    const page = await context.newPage();
    listen(page, wire);
    const close = () => (own ? process.close() : context.close());
    return { page, browser: new PlaywrightBrowser(page), close };
  }

  async stop(): Promise<void> {
    await this.process.close();
  }
}

function listen(page: Page, wire: Wire): void {
  page.on('request', (request) => {
    wire.asked(request.url());
  });
  page.on('response', (response) => {
    wire.answered(response.url(), response.headers());
  });
}

class PlaywrightBrowser implements Browser {
  constructor(private readonly page: Page) {}

  async open(path: string): Promise<void> {
    await this.page.goto(path, { waitUntil: 'domcontentloaded' });
  }

  async reload(): Promise<void> {
    await this.page.reload({ waitUntil: 'domcontentloaded' });
  }

  path(): Promise<string> {
    return Promise.resolve(new URL(this.page.url()).pathname);
  }

  async resize(size: Size): Promise<void> {
    await this.page.setViewportSize(size);
  }

  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  async pointAt({ x, y }: Point): Promise<void> {
    await this.page.mouse.move(x, y);
  }

  find(css: string): Part {
    return new PlaywrightPart(this.page.locator(css), css);
  }

  async ask<A, R>(question: Question<A, R>, argument?: A): Promise<R> {
    return this.page.evaluate(question as (argument: unknown) => R | Promise<R>, argument);
  }

  async beforeLoading<A>(script: (argument: A) => void, argument?: A): Promise<void> {
    await this.page.addInitScript(script as (argument: unknown) => void, argument);
  }

  async online(there: boolean): Promise<void> {
    await this.page.context().setOffline(!there);
  }

  async ownClock(at?: string): Promise<void> {
    await this.page.clock.install(at === undefined ? {} : { time: at });
  }

  async onPaper(printed: boolean): Promise<void> {
    await this.page.evaluate(toldOfPaper, printed);
    await this.page.emulateMedia({ media: printed ? 'print' : null });
    await this.page.evaluate(styledForPaper, printed);
  }

  async jump(milliseconds: number): Promise<void> {
    await this.page.clock.fastForward(milliseconds);
  }

  async allowMotion(): Promise<void> {
    await this.page.emulateMedia({ reducedMotion: 'no-preference' });
  }

  async hold(files: RegExp): Promise<() => Promise<void>> {
    const held: Route[] = [];
    let isHeld = true;
    await this.page.route(files, async (route) => {
      if (isHeld) held.push(route);
      else await route.continue();
    });
    return async () => {
      isHeld = false;
      await Promise.all(held.map((route) => route.continue()));
    };
  }

  async looksAs(baseline: string, part?: Part): Promise<void> {
    await expect(part instanceof PlaywrightPart ? part.locator : this.page).toHaveScreenshot(baseline);
  }
}

class PlaywrightPart extends Part {
  constructor(
    readonly locator: Locator,
    name: string,
  ) {
    super(name);
  }

  within(css: string): Part {
    return new PlaywrightPart(this.locator.locator(css), css);
  }

  called(role: 'button' | 'textbox', name: string): Part {
    return new PlaywrightPart(this.locator.getByRole(role, { name: new RegExp(`^${name}\\b`) }), name);
  }

  async click(): Promise<void> {
    await this.locator.click();
  }

  async fill(text: string): Promise<void> {
    await this.locator.fill(text);
  }

  async ask<A, R>(question: (found: HTMLElement[], argument: A) => R, argument?: A): Promise<R> {
    for (;;) {
      try {
        return await this.locator.evaluateAll(
          question as (found: (HTMLElement | SVGElement)[], argument: unknown) => R,
          argument,
        );
      } catch (cause) {
        // Another page has come meanwhile: that is the one to ask.
        if (!String(cause).includes('Execution context was destroyed')) throw cause;
      }
    }
  }
}
