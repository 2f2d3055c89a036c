import type { CSSProperties } from 'react';
import type { Candle } from '../api/candle';
import { grouped, minus, readable } from '../panel/decimal';
import { inWords } from '../panel/when';

/** A candle, and where its tooltip goes: pixels from the chart's top left corner, on the side that has room. */
export interface Pointed {
  readonly candle: Candle;
  readonly x: number;
  readonly side: 'left' | 'right';
}

const FIELDS = ['open', 'high', 'low', 'close'] as const;

/** The numbers of one candle, exactly as the API gave them. */
export function Tooltip({ candle, x, side }: Pointed) {
  const change = minus(candle.close, candle.open);
  return (
    <div className="pointed" data-side={side} style={{ '--x': `${x}px` } as CSSProperties}>
      <div className="tooltip" data-testid="candle-tooltip">
        <strong>{inWords(candle.date)}</strong>
        <dl>
          {FIELDS.map((field) => (
            <div key={field}>
              <dt>{field}</dt>
              <dd data-field={field} data-exact={candle[field]}>
                {readable(candle[field])}
              </dd>
            </div>
          ))}
          <div>
            <dt>change</dt>
            <dd className={change.startsWith('-') ? 'falling' : 'rising'}>{readable(change)}</dd>
          </div>
          <div>
            <dt>volume</dt>
            <dd data-field="volume" data-exact={candle.volume}>
              {grouped(candle.volume)}
            </dd>
          </div>
        </dl>
      </div>
    </div>
  );
}
