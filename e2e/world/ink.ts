import type { Browser } from '../drivers/browser';

declare global {
  interface Window {
    candlecheckInk?: WeakMap<HTMLCanvasElement, Word[]>;
  }
}

interface Word {
  text: string;
  colour: string;
}

/** What stands at the axes of a chart, as it is written there. */
export interface Ink {
  /** The price axis: its marks and the last price. */
  readonly axis: () => Promise<string[]>;
  /** What the crosshair says there; nothing while there is none. */
  readonly crosshair: () => Promise<string[]>;
  /** The time axis, and what the crosshair says there. */
  readonly times: () => Promise<string[]>;
  readonly crosshairTime: () => Promise<string[]>;
  /** The colour of the marks at the price axis, as canvases tell it. */
  readonly colour: () => Promise<string | undefined>;
}

/** Reads what a chart writes on its canvases, in each page that is opened from now on. */
export async function ink(browser: Browser): Promise<Ink> {
  await browser.beforeLoading(() => {
    const written = (window.candlecheckInk = new WeakMap<HTMLCanvasElement, Word[]>());
    type Drawing = CanvasRenderingContext2D;
    const before = <Name extends 'fillText' | 'fillRect' | 'clearRect'>(
      name: Name,
      note: (context: Drawing, given: Parameters<Drawing[Name]>) => void,
    ) => {
      const original = CanvasRenderingContext2D.prototype[name] as (...given: unknown[]) => void;
      CanvasRenderingContext2D.prototype[name] = function (
        this: Drawing,
        ...given: Parameters<Drawing[Name]>
      ) {
        note(this, given);
        original.apply(this, given);
      } as Drawing[Name];
    };
    const wiped = ({ canvas }: Drawing, width: number, height: number) => {
      if (width >= canvas.width && height >= canvas.height) written.set(canvas, []);
    };
    before('fillText', ({ canvas, fillStyle }, [text]) => {
      written.set(canvas, [
        ...(written.get(canvas) ?? []),
        { text, colour: typeof fillStyle === 'string' ? fillStyle : '' },
      ]);
    });
    before('clearRect', (context, [, , width, height]) => {
      wiped(context, width, height);
    });
    before('fillRect', (context, [, , width, height]) => {
      if (context.globalCompositeOperation === 'copy') wiped(context, width, height);
    });
  });
  const on = (cell: string, layer: number) =>
    browser.ask(
      (place) => {
        const canvases = document.querySelectorAll<HTMLCanvasElement>(
          `[data-testid=price-chart] ${place.cell} canvas`,
        );
        const canvas = canvases[place.layer];
        return (canvas && window.candlecheckInk?.get(canvas)) ?? [];
      },
      { cell, layer },
    );
  const texts = async (cell: string, layer: number) => (await on(cell, layer)).map(({ text }) => text);
  return {
    axis: () => texts(PRICES, MARKS),
    crosshair: () => texts(PRICES, CROSSHAIR),
    times: () => texts(TIMES, MARKS),
    crosshairTime: () => texts(TIMES, CROSSHAIR),
    colour: async () => (await on(PRICES, MARKS)).at(0)?.colour,
  };
}

/** Where the library's table has its axes, and which of their canvases moves with the pointer. */
const PRICES = 'tr:first-child > td:last-child';
const TIMES = 'tr:last-child > td:nth-child(2)';
const MARKS = 0;
const CROSSHAIR = 1;
