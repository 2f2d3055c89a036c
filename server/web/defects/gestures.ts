import type { Defect } from './defect';

/** Fingers that do nothing. */
export const gestures = {
  'pinch-ignored': { about: 'two fingers do not zoom', amend: () => ({ pinchZooms: false }) },
  'swipe-ignored': { about: 'a swipe does not go to the next range', amend: () => ({ swiped: () => 0 }) },
  'tap-ignored': { about: 'a tap shows no tooltip', amend: () => ({ tapPoints: false }) },
} satisfies Record<string, Defect>;
