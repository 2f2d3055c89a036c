import type { Problem } from '../api/problem';

/** What a reader is told, and what to do next. */
export interface Advice {
  readonly title: string;
  readonly text: string;
  /** `ask again`, `sign in`, `search` for another ticker, or go back to the `usual` view. */
  readonly next: 'ask again' | 'sign in' | 'search' | 'usual';
}

/** The page's words for each problem. */
export function advise({ kind, message }: Problem): Advice {
  switch (kind) {
    case 'offline':
      return {
        title: 'You are offline',
        text: 'Check your connection. The chart comes back by itself when you are online again.',
        next: 'ask again',
      };
    case 'unreachable':
      return {
        title: 'The server does not answer',
        text: 'It may be restarting, or a proxy stands in between. Try again in a moment.',
        next: 'ask again',
      };
    case 'limited':
      return {
        title: 'The data provider asks for patience',
        text: 'Too much was asked of it. The page asks again by itself when the time is over.',
        next: 'ask again',
      };
    case 'failing':
      return {
        title: 'The candles are out of reach',
        text: 'We tried several times, and no source of market data answered. Try again in a moment.',
        next: 'ask again',
      };
    case 'unknown':
      return { title: 'No such ticker', text: sentence(message), next: 'search' };
    case 'stranger':
      return {
        title: 'Please sign in',
        text: sentence(message),
        next: 'sign in',
      };
    case 'refused':
      return { title: 'That cannot be shown', text: sentence(message), next: 'usual' };
  }
}

/** What the API says, as a sentence among others. */
export const sentence = (told: string): string =>
  `${told.charAt(0).toUpperCase()}${told.slice(1).replace(/\.$/, '')}.`;
