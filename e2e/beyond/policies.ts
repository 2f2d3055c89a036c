import { inspect } from 'node:util';
import { expect } from '@playwright/test';
import type { Candle } from '../../server/web/src/api/candle';
import { Problem } from '../../server/web/src/api/problem';
import type { Policies } from '../../server/web/src/policies';
import { policies } from '../../server/web/src/specification';
import { viewAt } from '../../server/web/src/view/view';
import { test } from '../world/world';

type Decision = {
  [Name in keyof Policies]: Policies[Name] extends (...given: never[]) => unknown ? Name : never;
}[keyof Policies];

const view = (query: string) => viewAt(new URL(`http://localhost/tickers/GOOG?${query}`));
const candle = (price: string): Candle => ({
  date: '2013-03-01',
  open: price,
  high: price,
  low: price,
  close: price,
  volume: '0',
});
const failing = new Problem('failing', 'no provider answered');
const unknown = new Problem('unknown', 'Ticker ZZZZ was not found');
const limited = new Problem('limited', 'the provider limits requests', 7);

/** Two cases for each policy that is a function. One that is new does not compile without them. */
const CASES: {
  readonly [Name in Decision]: readonly [Parameters<Policies[Name]>, Parameters<Policies[Name]>];
} = {
  parameters: [[view('range=1D')], [view('start_date=2012-01-03&end_date=2012-12-31')]],
  key: [
    ['GOOG', view('range=1M')],
    ['GOOG', view('range=1Y')],
  ],
  retries: [
    [0, failing],
    [0, unknown],
  ],
  pause: [
    [0, failing],
    [0, limited],
  ],
  age: [[59], [60]],
  places: [[[candle('187.5')]], [[candle('0.0007')]]],
  swiped: [[-160], [20]],
  advice: [[failing], [unknown]],
};

// What gives the same in every case decides nothing, and is no policy.
for (const [name, [one, other]] of Object.entries(CASES)) {
  test(`policies: ${name} decides`, () => {
    const decide = policies[name as Decision] as (...given: readonly unknown[]) => unknown;
    expect(inspect(decide(...one))).not.toBe(inspect(decide(...other)));
  });
}
