import type { Page } from '@playwright/test';
import type { Wire } from '../world/wire';
import type { Part } from '../pages/part';

/** Pixels from the window's top left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The inside of a window, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A function that runs in the page, so it knows nothing but its argument. */
export type Question<A, R> = (argument: A) => R | Promise<R>;

/** A window in a reader's hands: all that a scenario may do with a browser, whoever drives it. */
export interface Browser {
  /** Opens a path of the server. */
  open(path: string): Promise<void>;
  reload(): Promise<void>;
  /** The path that it shows. */
  path(): Promise<string>;
  resize(size: Size): Promise<void>;
  /** Presses a key by its name in the DOM, with `Shift+` before it where that is held. */
  press(key: string): Promise<void>;
  type(text: string): Promise<void>;
  /** Moves the pointer there. */
  pointAt(point: Point): Promise<void>;
  /** What a CSS selector finds. */
  find(css: string): Part;
  ask<R>(question: Question<undefined, R>): Promise<R>;
  ask<A, R>(question: Question<A, R>, argument: A): Promise<R>;
  /** Runs in each page that is opened from now on, before its own scripts. */
  beforeLoading(script: () => void): Promise<void>;
  beforeLoading<A>(script: (argument: A) => void, argument: A): Promise<void>;
  /** Cuts the network, or mends it. */
  online(there: boolean): Promise<void>;
  /** Gives each page that is opened from now on a clock that can jump, and that begins now, or at an instant. */
  ownClock(at?: string): Promise<void>;
  /** The page is printed, or not any more: its style for paper applies, and it is told. */
  onPaper(printed: boolean): Promise<void>;
  /** So many milliseconds pass at once, as under a laptop's closed lid. */
  jump(milliseconds: number): Promise<void>;
  /** Somebody who has nothing against motion; else scenarios ask for less of it. */
  allowMotion(): Promise<void>;
  /** Keeps files on their way, until what it gives is called. */
  hold(files: RegExp): Promise<() => Promise<void>>;
  /** Waits until a part of the window, or all of it, looks as its baseline does. */
  looksAs(baseline: string, part?: Part): Promise<void>;
}

/** Who looks, as far as pages are told. */
export interface Reader {
  /** The time zone that the machine is set to. */
  readonly timezone?: string;
  readonly locale?: string;
  /** The system's own few colours are forced on every page. */
  readonly forcesColours?: boolean;
}

/** A browser's process, which opens a window for each scenario. */
export interface Engine {
  /** A window of one scenario's own, which knows nothing of others. */
  open(server: string, wire: Wire, reader: Reader): Promise<OpenWindow>;
  stop(): Promise<void>;
}

export interface OpenWindow {
  readonly browser: Browser;
  /** Playwright's own, where that drives. */
  readonly page?: Page;
  close(): Promise<void>;
}
