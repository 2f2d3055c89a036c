import { Fragment } from 'react';
import type { Candle } from '../api/candle';
import { minus, readable } from './decimal';

/** The last price, and what became of the first one. */
export function CurrentPrice({ candles }: { readonly candles: readonly Candle[] }) {
  const [first, last] = [candles.at(0), candles.at(-1)];
  if (!first || !last) return null;
  const change = minus(last.close, first.open);
  const falling = change.startsWith('-');
  // A share of a hundred, rounded for the eye: no price.
  const percent = (100 * Number(change)) / Number(first.open);
  return (
    <p className="price">
      <span className="now" data-testid="current-price" data-exact={last.close}>
        {readable(last.close)
          .split(/(?<=,)/)
          .map((digits, at) => (
            <Fragment key={at}>
              {digits}
              <wbr />
            </Fragment>
          ))}
      </span>
      <span className={falling ? 'change falling' : 'change rising'}>
        <span aria-hidden="true">{falling ? '▼' : '▲'}</span> {readable(change.replace('-', ''))}
        <span className="percent">
          {falling ? '−' : '+'}
          {Math.abs(percent).toFixed(2)} %
        </span>
      </span>
    </p>
  );
}
