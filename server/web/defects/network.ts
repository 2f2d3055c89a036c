import type { Defect } from './defect';

/** Mistakes about retries, focus and a network that goes and comes. */
export const network = {
  'refusals-retried': {
    about: 'a 4xx is asked for again, as if it would change',
    amend: () => ({ retries: (failures) => failures < 3, pause: () => 50 }),
  },
  'failures-not-retried': { about: 'a 5xx is final', amend: () => ({ retries: () => false }) },
  'retries-without-growing-gaps': {
    about: 'every second attempt comes after the same pause',
    amend: () => ({ pause: () => 300 }),
  },
  'patience-ignored': {
    about: 'a 429 is asked again at once, whatever its Retry-After says',
    amend: () => ({ pause: () => 100 }),
  },
  'fresh-for-ever': {
    about: 'coming back after a long time asks for nothing new',
    amend: () => ({ freshFor: Number.POSITIVE_INFINITY }),
  },
  'never-fresh': {
    about: 'coming back after a moment asks anew',
    amend: () => ({ freshFor: 0 }),
  },
  'reconnection-ignored': {
    about: 'back online, the page keeps what it had',
    amend: () => ({ asksWhenBackOnline: false }),
  },
  'offline-not-noticed': {
    about: 'without a network the page says nothing of it',
    spoil: () => {
      const pretend = () => {
        Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => true });
      };
      pretend();
      // A driver that cannot cut the network sets the property itself.
      window.addEventListener('offline', pretend);
    },
  },
} satisfies Record<string, Defect>;
