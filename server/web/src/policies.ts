import { createContext, useContext } from 'react';
import type { Candle } from './api/candle';
import type { Problem } from './api/problem';
import type { Advice } from './states/advice';
import type { View } from './view/view';

/**
 * The decisions of the page: each could be another one, and a reviewer could argue for it. `specification.ts` is the page
 * as it should be. What can only be done in one way is no policy, and stands where it is done.
 */
export interface Policies {
  /**
   * What the API is asked for: a range or two dates, and the length of a candle even where nobody chose one. Instead: leave
   * that to the API, which would take days for a single day too (`decisions.md#asking-in-the-browser`).
   */
  readonly parameters: (view: View) => URLSearchParams;
  /**
   * What an answer is kept under in this page, so that another range or resolution asks anew. Instead: by the view, and
   * one window that is reached in two ways is asked for twice (`decisions.md#asking-in-the-browser`).
   */
  readonly key: (ticker: string, view: View) => readonly string[];
  /**
   * Whether the browser may answer out of its own cache: never. Instead: `default`, and trust that every answer says
   * no-store; `no-cache`, and ask the server each time whether the copy is still good
   * (`decisions.md#asking-in-the-browser`).
   */
  readonly browserCache: RequestCache;
  /**
   * How long an answer counts as fresh, in milliseconds; the focus asks anew only after that. Instead: each focus asks, or
   * the page polls (`decisions.md#refetch-on-focus`).
   */
  readonly freshFor: number;
  /**
   * Whether coming back online asks anew: always, because nobody knows what was missed. Instead: `true`, only what is no
   * longer fresh; `false`, leave it to the reader (`decisions.md#offline`).
   */
  readonly asksWhenBackOnline: boolean | 'always';
  /**
   * Whether to try once more, after so many failures before this one: what may recover, three times. Instead: never, or
   * a 4xx too (`decisions.md#retries-in-the-browser`).
   */
  readonly retries: (failures: number, problem: Problem) => boolean;
  /**
   * How long to wait before that, in milliseconds: as long as the API says, else twice as long each time. Instead: the
   * same pause each time (`decisions.md#retries-in-the-browser`).
   */
  readonly pause: (failures: number, problem: Problem) => number;
  /**
   * The age of data in words, from whole seconds: what has passed in full, in one unit. Instead: rounded, or to the second
   * (`decisions.md#the-chart-shows-the-answer`).
   */
  readonly age: (seconds: number) => string;
  /**
   * How many decimals a chart of these candles writes at its price axis, for the last price and at the crosshair: as many
   * as tell its prices apart. Instead: two for all, which makes the same of every price below a cent; or all that were
   * sent (`decisions.md#prices-of-any-size`).
   */
  readonly places: (candles: readonly Candle[]) => number;
  /**
   * How long a new chart takes to appear, in milliseconds: long enough to be seen, short enough not to be waited for.
   * Instead: 0, at once, as for whoever wants less motion (`decisions.md#performance-marks`).
   */
  readonly appearsFor: number;
  /**
   * How many ranges a swipe moves on that went so many pixels to the right: one, to the longer range when it went left.
   * Instead: the other way round, or more for a longer swipe (`decisions.md#works-on-every-screen`).
   */
  readonly swiped: (pixels: number) => number;
  /**
   * What the page says about a problem, and the one thing that it offers next. Instead: the same "try again" for all
   * (`decisions.md#says-what-is-wrong`).
   */
  readonly advice: (problem: Problem) => Advice;
}

const Context = createContext<Policies | undefined>(undefined);

export const PoliciesProvider = Context.Provider;

export function usePolicies(): Policies {
  const policies = useContext(Context);
  if (!policies) throw new Error('the page was started without its policies: wrap it in PoliciesProvider');
  return policies;
}
