import type { Point } from '../drivers/browser';
import type { Part } from './part';

declare global {
  /** How WebKit makes fingers: it knows `Touch`, but not as something that scripts may make. */
  interface Document {
    createTouch?: (
      view: Window,
      target: EventTarget,
      identifier: number,
      pageX: number,
      pageY: number,
      screenX: number,
      screenY: number,
    ) => Touch;
    createTouchList?: (...touches: Touch[]) => Touch[];
  }
}

/** Touches an element: each step is where the fingers are, in pixels of the screen. Every engine takes these events. */
export async function touch(element: Part, steps: readonly Point[][]): Promise<void> {
  await element.ask(([chart], moves) => {
    const [first = []] = moves;
    const target = document.elementFromPoint(first[0]?.x ?? 0, first[0]?.y ?? 0) ?? chart;
    if (!target) throw new Error('there is nothing to touch');
    const finger = ({ x, y }: Point, identifier: number) => {
      const [pageX, pageY] = [x + scrollX, y + scrollY];
      return (
        document.createTouch?.(window, target, identifier, pageX, pageY, x, y) ??
        new Touch({ identifier, target, clientX: x, clientY: y, pageX, pageY, screenX: x, screenY: y })
      );
    };
    const list = (touches: Touch[]) => document.createTouchList?.(...touches) ?? touches;
    const send = (type: string, touches: Touch[], changedTouches: Touch[]) => {
      target.dispatchEvent(
        new TouchEvent(type, {
          bubbles: true,
          cancelable: true,
          composed: true,
          touches: list(touches),
          targetTouches: list(touches),
          changedTouches: list(changedTouches),
        }),
      );
    };
    const began = first.map(finger);
    send('touchstart', began, began);
    let last = began;
    for (const points of moves.slice(1)) {
      last = points.map(finger);
      send('touchmove', last, last);
    }
    send('touchend', [], last);
  }, steps);
}

/** Places on the way from one point to another. */
export function way(from: Point, to: Point, steps = 8): Point[] {
  return Array.from({ length: steps + 1 }, (_, step) => ({
    x: from.x + ((to.x - from.x) * step) / steps,
    y: from.y + ((to.y - from.y) * step) / steps,
  }));
}
