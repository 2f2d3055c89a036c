import type { Defect } from './defect';
import { wrap } from './world';

/** Fingers that do nothing. */
export const gestures = {
  'pinch-ignored': {
    about: 'two fingers do not zoom',
    spoil: () => {
      for (const type of ['touchstart', 'touchmove'] as const) {
        const swallow = (event: TouchEvent) => {
          if (event.touches.length > 1) event.stopImmediatePropagation();
        };
        window.addEventListener(type, swallow, { capture: true, passive: true });
      }
    },
  },
  'swipe-ignored': { about: 'a swipe does not go to the next range', amend: () => ({ swiped: () => 0 }) },
  'tap-ignored': {
    about: 'a tap shows no tooltip',
    spoil: ({ charts }) => {
      wrap(charts, 'subscribeClick', () => () => undefined);
    },
  },
} satisfies Record<string, Defect>;
