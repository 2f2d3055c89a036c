import type { Locator } from '@playwright/test';

interface Point {
  x: number;
  y: number;
}

/** Touches an element: each step is where the fingers are, in pixels of the screen. Both engines take these events. */
export async function touch(element: Locator, steps: readonly Point[][]): Promise<void> {
  await element.evaluate((chart, moves) => {
    const [first = []] = moves;
    const target = document.elementFromPoint(first[0]?.x ?? 0, first[0]?.y ?? 0) ?? chart;
    const fingers = (points: Point[]) =>
      points.map(
        ({ x, y }, identifier) =>
          new Touch({
            identifier,
            target,
            clientX: x,
            clientY: y,
            pageX: x + scrollX,
            pageY: y + scrollY,
            screenX: x,
            screenY: y,
          }),
      );
    const send = (type: string, touches: Touch[], changedTouches: Touch[]) => {
      target.dispatchEvent(
        new TouchEvent(type, {
          bubbles: true,
          cancelable: true,
          composed: true,
          touches,
          targetTouches: touches,
          changedTouches,
        }),
      );
    };
    const began = fingers(first);
    send('touchstart', began, began);
    let last = began;
    for (const points of moves.slice(1)) {
      last = fingers(points);
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
