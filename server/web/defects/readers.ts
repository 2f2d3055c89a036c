import { daysOf, isRange } from '../src/view/ranges';
import { natural } from '../src/view/resolutions';
import type { Defect } from './defect';
import { style, wrap } from './world';

/** Mistakes about readers: the colours that they force, the paper that they print on, where they live. */
export const readers = {
  'chosen-by-shade-alone': {
    about: 'the chosen range and resolution differ by a shade and a shadow, which forced colours take away',
    spoil: () => {
      style(`@media (forced-colors: active) {
        .segments button[aria-pressed='true'] { forced-color-adjust: auto !important; background: var(--raised) !important; color: var(--ink) !important; }
      }`);
    },
  },
  'chart-in-its-own-colours': {
    about: 'the chart is drawn in the colours of its theme, whatever colours the reader forces',
    spoil: () => {
      wrap(window as WindowOrWorkerGlobalScope & Window, 'matchMedia', (matchMedia) => (query) => {
        return matchMedia(query.includes('forced-colors') ? 'not all' : query);
      });
    },
  },
  'reasons-run-off-the-screen': {
    about: 'why a resolution cannot be chosen stands under its button, and runs out of a narrow screen',
    spoil: () => {
      style('.segments button { position: relative; } .reason { max-width: 250px !important; }');
    },
  },
  'dark-on-paper': {
    about: 'a dark page is printed as light words on white paper',
    spoil: () => {
      style("@media print { :root[data-theme='dark'] { --ink: #eef2fa; --muted: #98a3b8; } }");
    },
  },
  'chart-wider-than-paper': {
    about: 'the chart is printed as wide as its window was, and cut off where the paper ends',
    spoil: () => {
      style('.picture canvas { width: auto !important; }');
    },
  },
  'printing-not-noticed': {
    about: 'the chart is printed as it is on the screen',
    spoil: () => {
      window.addEventListener('beforeprint', (event) => {
        event.stopImmediatePropagation();
      });
    },
  },
  'hours-of-the-reader': {
    about: "hours are told on the reader's own clock",
    spoil: () => {
      formatted((options) => ({ ...options, timeZone: options?.timeZone === 'UTC' ? 'UTC' : undefined }));
    },
  },
  'dates-in-the-readers-language': {
    about: "dates are written as in the reader's language, in a page that is English",
    spoil: () => {
      formatted((options) => options, navigator.language);
    },
  },
  'year-by-utc': {
    about: 'the year begins when it does in UTC, while New York still has an evening to go',
    amend: ({ parameters }) => ({
      parameters: (view) => {
        const asked = parameters(view);
        const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
        if (!view.dates && !view.resolution && isRange(view.range))
          asked.set('resolution', natural(daysOf(view.range, today)));
        return asked;
      },
    }),
  },
} satisfies Record<string, Defect>;

const DAY_MS = 86_400_000;

/** Every date is written with other options, or in another language. */
function formatted(
  other: (options?: Intl.DateTimeFormatOptions) => Intl.DateTimeFormatOptions | undefined,
  language?: string,
): void {
  const { DateTimeFormat } = Intl;
  Intl.DateTimeFormat = function (locales, options) {
    return new DateTimeFormat(language ?? locales, other(options));
  } as typeof DateTimeFormat;
}
