import { expect } from '@playwright/test';

/** A part of the page, looked for anew each time: what a reader does with it, and what it must come to. */
export abstract class Part {
  protected constructor(private readonly name: string) {}

  /** What a CSS selector finds in it. */
  abstract within(css: string): Part;
  /** What has that role in it, and a name, as a screen reader tells it, that begins with these words. */
  abstract called(role: 'button' | 'textbox', name: string): Part;
  abstract click(): Promise<void>;
  /** Writes into it, instead of what stands there. */
  abstract fill(text: string): Promise<void>;
  /** Asks all that is found, with a function that runs in the page. */
  abstract ask<R>(question: (found: HTMLElement[], argument: undefined) => R): Promise<R>;
  abstract ask<A, R>(question: (found: HTMLElement[], argument: A) => R, argument: A): Promise<R>;

  async focus(): Promise<void> {
    await this.isShown();
    await this.ask(([first]) => {
      first?.focus();
    });
  }

  /** Waits until it can be seen. */
  async isShown(timeout?: number): Promise<void> {
    await this.comes('is shown', () => this.shown(), [true], timeout);
  }

  /** Waits until nothing of it can be seen. */
  async isGone(): Promise<void> {
    await this.comes('is shown', async () => (await this.shown()).includes(true), false);
  }

  /** Waits until it says just that, or each of it just one of these. */
  async says(...texts: (string | RegExp)[]): Promise<void> {
    await this.comes('says', () => this.texts(), texts.map(matching));
  }

  /** Waits until that is among what it says. */
  async mentions(text: string): Promise<void> {
    await this.comes('says', () => this.texts(), [expect.stringContaining(text)]);
  }

  /** Waits until an attribute has that value. */
  async has(attribute: string, value: string): Promise<void> {
    const read = () =>
      this.ask((found, name) => found.map((element) => element.getAttribute(name)), attribute);
    await this.comes(`has as ${attribute}`, read, [value]);
  }

  /** Waits until that is written in it. */
  async holds(text: string): Promise<void> {
    const read = () => this.ask((found) => found.map((element) => (element as HTMLInputElement).value));
    await this.comes('holds', read, [text]);
  }

  /** Waits until what describes it to a screen reader is that. */
  async isExplained(text: RegExp): Promise<void> {
    const read = () =>
      this.ask((found) => {
        const ids = found.flatMap((element) => element.getAttribute('aria-describedby')?.split(' ') ?? []);
        return ids.map((id) => document.getElementById(id)?.textContent);
      });
    await this.comes('is explained by', read, [matching(text)]);
  }

  async hasFocus(): Promise<void> {
    const read = () => this.ask((found) => found.map((element) => element === document.activeElement));
    await this.comes('has the focus', read, [true]);
  }

  /** Waits until so many are there. */
  async isThere(times: number): Promise<void> {
    await this.comes('is there', () => this.ask((found) => found.length), times);
  }

  /** How wide it is, in pixels. */
  async width(): Promise<number | undefined> {
    return this.ask(([first]) => first?.getBoundingClientRect().width);
  }

  /** Whether each of it can be seen. */
  protected shown(): Promise<boolean[]> {
    return this.ask((found) =>
      found.map((element) => {
        const { width, height } = element.getBoundingClientRect();
        return width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true });
      }),
    );
  }

  private texts(): Promise<string[]> {
    return this.ask((found) =>
      found.map((element) => (element.textContent || '').replace(/\s+/g, ' ').trim()),
    );
  }

  private async comes(
    what: string,
    read: () => Promise<unknown>,
    wanted: unknown,
    timeout?: number,
  ): Promise<void> {
    const message = `${this.name} ${what}`;
    await expect.poll(read, timeout === undefined ? { message } : { message, timeout }).toEqual(wanted);
  }
}

const matching = (text: string | RegExp): unknown =>
  typeof text === 'string' ? text : expect.stringMatching(text);
