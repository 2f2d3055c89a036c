import { expect } from '@playwright/test';
import { By, error, Key, Origin, type WebDriver, type WebElement } from 'selenium-webdriver';
import { Part } from '../pages/part';
import type { Browser, Point, Question, Size } from './browser';
import { clockThatJumps } from './clock';
import type { Gate } from './gate';
import { styledForPaper, toldOfPaper } from './paper';

const KEYS: Record<string, string> = {
  ArrowLeft: Key.ARROW_LEFT,
  ArrowRight: Key.ARROW_RIGHT,
  End: Key.END,
  Enter: Key.ENTER,
  Escape: Key.ESCAPE,
  Home: Key.HOME,
  Tab: Key.TAB,
};

/** How long a driver waits until what it is told to do can be done, and how often it looks, in milliseconds. */
const PATIENCE = 10_000;
const OFTEN = 50;

/** A browser that WebDriver drives, behind a gate that does what WebDriver does not. */
export class WebDriverBrowser implements Browser {
  constructor(
    private readonly session: WebDriver,
    private readonly gate: Gate,
    private readonly corner: Point,
  ) {}

  async open(path: string): Promise<void> {
    await this.session.get(`${this.gate.url}${path}`);
  }

  async reload(): Promise<void> {
    await this.session.navigate().refresh();
  }

  async path(): Promise<string> {
    return new URL(await this.session.getCurrentUrl()).pathname;
  }

  async resize({ width, height }: Size): Promise<void> {
    const bars = await this.ask(() => window.outerHeight - window.innerHeight);
    await this.session
      .manage()
      .window()
      .setRect({ ...this.corner, width, height: height + bars });
    const isThatSize = () =>
      this.ask((to) => window.innerWidth === to.width && window.innerHeight === to.height, { width, height });
    await this.session.wait(isThatSize, PATIENCE, `the window does not become ${width} x ${height}`, OFTEN);
  }

  async press(key: string): Promise<void> {
    const [name, shift] = key.startsWith('Shift+') ? [key.slice('Shift+'.length), true] : [key, false];
    const pressed = KEYS[name] ?? name;
    const actions = this.session.actions();
    if (shift) await actions.keyDown(Key.SHIFT).keyDown(pressed).keyUp(pressed).keyUp(Key.SHIFT).perform();
    else await actions.keyDown(pressed).keyUp(pressed).perform();
  }

  async type(text: string): Promise<void> {
    await this.session.actions().sendKeys(text).perform();
  }

  async pointAt(point: Point): Promise<void> {
    const [x, y] = [Math.round(point.x), Math.round(point.y)];
    await this.session.actions().move({ x, y, origin: Origin.VIEWPORT, duration: 0 }).perform();
  }

  find(css: string): Part {
    return new WebDriverPart(this.session, css);
  }

  async ask<A, R>(question: Question<A, R>, argument?: A): Promise<R> {
    return this.session.executeScript(`return (${String(question)})(arguments[0])`, argument);
  }

  beforeLoading<A>(script: (argument: A) => void, argument?: A): Promise<void> {
    this.gate.bring(`(${String(script)})(${argument === undefined ? '' : JSON.stringify(argument)});`);
    return Promise.resolve();
  }

  /** Nothing reaches the server any more; that the machine itself is offline is what the page is told, and not so. */
  async online(there: boolean): Promise<void> {
    this.gate.setOpen(there);
    await this.ask((isThere) => {
      Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => isThere });
      window.dispatchEvent(new Event(isThere ? 'online' : 'offline'));
    }, there);
  }

  async ownClock(at?: string): Promise<void> {
    await this.beforeLoading(clockThatJumps, at);
  }

  async onPaper(printed: boolean): Promise<void> {
    await this.ask(toldOfPaper, printed);
    await this.ask(styledForPaper, printed);
  }

  async jump(milliseconds: number): Promise<void> {
    await this.ask((by) => window.candlecheckJump?.(by), milliseconds);
  }

  /** GTK's setting cannot be changed under a running browser: scripts are told so, style sheets are not. */
  async allowMotion(): Promise<void> {
    await this.beforeLoading(() => {
      const asked = window.matchMedia.bind(window);
      window.matchMedia = (query) => asked(query.includes('prefers-reduced-motion') ? 'not all' : query);
    });
  }

  hold(files: RegExp): Promise<() => Promise<void>> {
    const release = this.gate.hold(files);
    return Promise.resolve(() => {
      release();
      return Promise.resolve();
    });
  }

  /** The whole window, because WebKit cuts pictures of its parts in the wrong place, and without scroll bars, which fade. */
  async looksAs(baseline: string): Promise<void> {
    await this.ask(() => {
      document.documentElement.style.overflow = 'hidden';
    });
    const picture = async () => Buffer.from(await this.session.takeScreenshot(), 'base64');
    let last = await picture();
    const isStill = async () => {
      const before = last;
      last = await picture();
      return before.equals(last);
    };
    await this.session.wait(isStill, PATIENCE, 'the window is never still', OFTEN);
    expect(last).toMatchSnapshot(baseline);
  }
}

class WebDriverPart extends Part {
  constructor(
    private readonly session: WebDriver,
    private readonly css: string,
    private readonly root?: WebDriverPart,
    private readonly label?: string,
  ) {
    super(label ?? css);
  }

  within(css: string): Part {
    return new WebDriverPart(this.session, css, this);
  }

  called(role: 'button' | 'textbox', name: string): Part {
    return new WebDriverPart(this.session, role === 'button' ? 'button' : 'input', this, name);
  }

  async click(): Promise<void> {
    await this.canBeUsed();
    await this.onFound(async ([first]) => first?.click());
  }

  async fill(text: string): Promise<void> {
    await this.canBeUsed();
    await this.onFound(async ([first]) => {
      await first?.clear();
      await first?.sendKeys(text);
    });
  }

  async ask<A, R>(question: (found: HTMLElement[], argument: A) => R, argument?: A): Promise<R> {
    // WebKit takes elements one by one, and not in a list.
    const script = `const [argument, ...found] = arguments; return (${String(question)})(found, argument)`;
    return this.onFound((found) => this.session.executeScript(script, argument, ...found));
  }

  private async canBeUsed(): Promise<void> {
    const isShown = async () => (await this.shown())[0] === true;
    await this.session.wait(isShown, PATIENCE, `${this.label ?? this.css} cannot be seen`, OFTEN);
  }

  /** Does something with what is found; when the page has drawn that anew meanwhile, with what is found then. */
  private async onFound<R>(work: (found: WebElement[]) => Promise<R>): Promise<R> {
    for (;;) {
      try {
        return await work(await this.found());
      } catch (cause) {
        if (!(cause instanceof error.StaleElementReferenceError)) throw cause;
      }
    }
  }

  private async found(): Promise<WebElement[]> {
    const roots = this.root ? await this.root.found() : [this.session];
    const found = await Promise.all(roots.map((root) => root.findElements(By.css(this.css))));
    if (this.label === undefined) return found.flat();
    const wanted = new RegExp(`^${this.label}\\b`);
    const named: WebElement[] = [];
    for (const element of found.flat()) {
      if (wanted.test(await element.getAccessibleName())) named.push(element);
    }
    return named;
  }
}
