import type { Browser } from '../drivers/browser';

declare global {
  interface Window {
    candlecheckInk?: WeakMap<HTMLCanvasElement, string[]>;
  }
}

/** What stands at the price axis of a chart, as it is written there. */
export interface Ink {
  /** Its marks and the last price. */
  readonly axis: () => Promise<string[]>;
  /** What the crosshair says; nothing while there is none. */
  readonly crosshair: () => Promise<string[]>;
}

/** Reads what a chart writes on its canvases, in each page that is opened from now on. */
export async function ink(browser: Browser): Promise<Ink> {
  await browser.beforeLoading(() => {
    const written = (window.candlecheckInk = new WeakMap<HTMLCanvasElement, string[]>());
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
    before('fillText', ({ canvas }, [text]) => {
      written.set(canvas, [...(written.get(canvas) ?? []), text]);
    });
    before('clearRect', (context, [, , width, height]) => {
      wiped(context, width, height);
    });
    before('fillRect', (context, [, , width, height]) => {
      if (context.globalCompositeOperation === 'copy') wiped(context, width, height);
    });
  });
  // The library's table has the price axis at its right, with one canvas for what moves with the pointer.
  const on = (layer: number) =>
    browser.ask((at) => {
      const canvases = document.querySelectorAll<HTMLCanvasElement>(
        '[data-testid=price-chart] tr:first-child > td:last-child canvas',
      );
      const canvas = canvases[at];
      return (canvas && window.candlecheckInk?.get(canvas)) ?? [];
    }, layer);
  return { axis: () => on(0), crosshair: () => on(1) };
}
