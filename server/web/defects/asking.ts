import type { Defect } from './defect';

const KEPT = 'candlecheck.answers';

/** Mistakes in what is asked, and in how often. */
export const asking: Record<string, Defect> = {
  'asks-another-window-each-time': {
    about: 'every load asks for other dates, so that no cache can ever help',
    amend: () => ({
      parameters: () => {
        const day = String(1 + (Math.floor(performance.timeOrigin) % 28)).padStart(2, '0');
        const month = String(1 + (Math.floor(performance.timeOrigin / 28) % 12)).padStart(2, '0');
        return new URLSearchParams({
          start_date: `2012-${month}-${day}`,
          end_date: '2013-03-01',
          resolution: 'D',
        });
      },
    }),
  },
  'asks-twice': {
    about: 'each look asks the API twice',
    amend: ({ ask }) => ({
      ask: (url, headers, signal) => {
        void ask(url, headers, signal);
        return ask(url, headers, signal);
      },
    }),
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
    amend: ({ ask }) => ({
      ask: async (url, headers, signal) => {
        const kept = await caches.open(KEPT);
        const known = await kept.match(url);
        if (known) return known;
        const answer = await ask(url, headers, signal);
        await kept.put(url, answer.clone());
        return answer;
      },
    }),
  },
  'browser-may-answer': {
    about: 'the API is asked in a way that lets the browser answer out of its own copy',
    amend: () => ({ ask: (url, headers, signal) => fetch(url, { headers, signal, cache: 'force-cache' }) }),
  },
  'asks-when-resized': {
    about: 'every other size of the window asks anew',
    amend: () => ({ asksAgainOn: ['resize'] }),
  },
  'asks-when-filling-the-screen': {
    about: 'filling the screen, and leaving it, asks anew',
    amend: () => ({ asksAgainOn: ['fullscreenchange'] }),
  },
  'compares-with-itself': {
    about: 'the other side shows the first ticker once more',
    amend: () => ({ compared: (view) => view.compared && view.ticker }),
  },
  'views-forgotten': {
    about: 'a new view takes the place of the last one in the history',
    amend: () => ({
      remember: (address) => {
        window.history.replaceState(null, '', address);
      },
    }),
  },
};
