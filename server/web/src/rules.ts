import { createContext, useContext } from 'react';
import type { Candle } from './api/candle';
import type { Advice } from './states/advice';
import type { Problem } from './api/problem';
import type { View } from './view/view';

/**
 * Every decision of the page that a scenario of category H holds it to. `specification.ts` is the page as it should be;
 * a page that is broken on purpose differs in one rule. No component knows of any defect.
 */
export interface Rules {
  /** What the API is asked for. */
  readonly parameters: (view: View) => URLSearchParams;
  /** How it is asked: once, and never out of the browser's own copy. */
  readonly ask: (url: string, headers: HeadersInit, signal: AbortSignal) => Promise<Response>;
  /** What an answer is kept under in this page. */
  readonly key: (ticker: string, view: View) => readonly string[];
  /** How long an answer counts as fresh, in milliseconds: who comes back later gets a new one. */
  readonly freshFor: number;
  /** Whether coming back online asks anew, however fresh the answer is. */
  readonly asksWhenBackOnline: boolean;
  /** What else makes the page ask again: events of the window. */
  readonly asksAgainOn: readonly string[];
  /** Whether to try once more, after so many failures before this one. */
  readonly retries: (failures: number, problem: Problem) => boolean;
  /** How long to wait before that, in milliseconds. */
  readonly pause: (failures: number, problem: Problem) => number;
  /** Where an answer came from, as its header says. */
  readonly source: (headers: Headers) => string;
  /** The age of data in words, from whole seconds. */
  readonly age: (seconds: number) => string;
  /** The ticker that is shown on the other side. */
  readonly compared: (view: View) => string | undefined;
  /** Puts a view into the browser's history. */
  readonly remember: (address: string) => void;
  /** The candles of an answer that are drawn. */
  readonly drawn: (candles: readonly Candle[]) => readonly Candle[];
  /** Draws: at once. */
  readonly draw: (work: () => void) => void;
  /** The candle under the pointer. */
  readonly pointedAt: (candles: readonly Candle[], position: number) => Candle | undefined;
  /** How long a new chart takes to appear, in milliseconds. */
  readonly appearsFor: number;
  readonly pinchZooms: boolean;
  readonly tapPoints: boolean;
  /** How many ranges a swipe moves on, which went that many pixels to the right. */
  readonly swiped: (pixels: number) => number;
  readonly showsLoading: boolean;
  /** What a reader is told about a problem, and what to do next. */
  readonly advice: (problem: Problem) => Advice;
  readonly isOffline: () => boolean;
}

const Context = createContext<Rules | undefined>(undefined);

export const RulesProvider = Context.Provider;

export function useRules(): Rules {
  const rules = useContext(Context);
  if (!rules) throw new Error('the page was started without its rules: wrap it in RulesProvider');
  return rules;
}
