import { placesFor } from './chart/prices';
import { ageInWords } from './panel/age';
import type { Policies } from './policies';
import { advise } from './states/advice';
import { resolutionOf, type View } from './view/view';

const FIVE_MINUTES = 5 * 60_000;
/** A swipe is at least that long, in pixels; less is a tap that trembled. */
const SWIPE = 60;

const parameters = (view: View): URLSearchParams =>
  new URLSearchParams({
    ...(view.dates ? { start_date: view.dates.start, end_date: view.dates.end } : { range: view.range }),
    resolution: resolutionOf(view),
  });

/** The page as it should be. */
export const policies: Policies = {
  parameters,
  key: (ticker, view) => [ticker, parameters(view).toString()],
  browserCache: 'no-store',
  freshFor: FIVE_MINUTES,
  asksWhenBackOnline: 'always',
  retries: (failures, { kind }) => failures < 3 && ['limited', 'failing', 'unreachable'].includes(kind),
  pause: (failures, { retryAfter }) => (retryAfter === undefined ? 1000 * 2 ** failures : 1000 * retryAfter),
  age: ageInWords,
  places: placesFor,
  appearsFor: 450,
  swiped: (pixels) => (Math.abs(pixels) < SWIPE ? 0 : -Math.sign(pixels)),
  advice: advise,
};
