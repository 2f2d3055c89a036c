import type { Defect } from './defect';
import { between, networkFlickersAt, wrap } from './world';

const LAST_DAY = Date.UTC(2013, 2, 1);
const DAY_MS = 86_400_000;

/** Mistakes in what is asked, and in how often. */
export const asking = {
  'asks-another-window-each-time': {
    about: 'every load asks for a longer window than the last one, so that no cache can ever help',
    amend: () => ({
      parameters: () => {
        const days = 30 + (Math.floor(performance.timeOrigin / 100) % 1500);
        const start = new Date(LAST_DAY - days * DAY_MS).toISOString().slice(0, 10);
        return new URLSearchParams({ start_date: start, end_date: '2013-03-01', resolution: 'D' });
      },
    }),
  },
  'asks-twice': {
    about: 'each look asks the API twice',
    spoil: () => {
      between((ask) => {
        void ask();
        return ask();
      });
    },
  },
  'resolution-not-asked-for': {
    about: 'the resolution never reaches the API',
    amend: ({ parameters }) => ({
      parameters: (view) => {
        const asked = parameters(view);
        asked.delete('resolution');
        return asked;
      },
    }),
  },
  'answers-kept-without-range': {
    about: 'the page keeps one answer for all ranges of a ticker',
    amend: () => ({ key: (ticker) => [ticker, ''] }),
  },
  'answers-kept-in-the-browser': {
    about: 'an answer is kept across loads, and never asked for again',
    spoil: () => {
      between(async (ask, url) => {
        const known = sessionStorage.getItem(url);
        if (known) return new Response(...(JSON.parse(known) as [string, ResponseInit]));
        const answer = await ask();
        const kept = [await answer.clone().text(), { headers: [...answer.headers] }];
        sessionStorage.setItem(url, JSON.stringify(kept));
        return answer;
      });
    },
  },
  'browser-may-answer': {
    about: 'the API is asked in a way that lets the browser answer out of its own copy',
    amend: () => ({ browserCache: 'force-cache' }),
  },
  'asks-when-resized': {
    about: 'every other size of the window asks anew',
    spoil: () => {
      networkFlickersAt('resize');
    },
  },
  'asks-when-filling-the-screen': {
    about: 'filling the screen, and leaving it, asks anew',
    spoil: () => {
      networkFlickersAt('fullscreenchange');
    },
  },
  'compares-with-itself': {
    about: 'the other side shows the first ticker once more',
    spoil: () => {
      wrap(URLSearchParams.prototype, 'get', (get) => (name) => {
        const value = get(name);
        return name === 'compare' && value ? (window.location.pathname.split('/').at(-1) ?? null) : value;
      });
    },
  },
  'views-forgotten': {
    about: 'a new view takes the place of the last one in the history',
    spoil: () => {
      wrap(window.history, 'pushState', () => (state, unused, address) => {
        window.history.replaceState(state, unused, address);
      });
    },
  },
} satisfies Record<string, Defect>;
