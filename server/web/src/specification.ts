import { ageInWords } from './panel/age';
import type { Rules } from './rules';
import { advise } from './states/advice';
import { resolutionOf } from './view/view';

const FIVE_MINUTES = 5 * 60_000;
/** A swipe is at least that long, in pixels; less is a tap that trembled. */
const SWIPE = 60;

/** The page as it should be. */
export const rules: Rules = {
  parameters: (view) =>
    new URLSearchParams({
      ...(view.dates ? { start_date: view.dates.start, end_date: view.dates.end } : { range: view.range }),
      resolution: resolutionOf(view),
    }),
  ask: (url, headers, signal) => fetch(url, { headers, signal, cache: 'no-store' }),
  key: (ticker, view) => [ticker, rules.parameters(view).toString()],
  freshFor: FIVE_MINUTES,
  asksWhenBackOnline: true,
  asksAgainOn: [],
  retries: (failures, { kind }) => failures < 3 && ['limited', 'failing', 'unreachable'].includes(kind),
  pause: (failures, { retryAfter }) => (retryAfter === undefined ? 1000 * 2 ** failures : 1000 * retryAfter),
  source: (headers) => headers.get('X-Cache-Source') ?? 'none',
  age: ageInWords,
  compared: (view) => view.compared,
  remember: (address) => {
    window.history.pushState(null, '', address);
  },
  drawn: (candles) => candles,
  draw: (work) => {
    work();
  },
  pointedAt: (candles, position) => candles[position],
  appearsFor: 450,
  pinchZooms: true,
  tapPoints: true,
  swiped: (pixels) => (Math.abs(pixels) < SWIPE ? 0 : -Math.sign(pixels)),
  showsLoading: true,
  advice: advise,
  isOffline: () => !navigator.onLine,
};
