import type { Candle } from '../api/candle';
import { readable } from '../panel/decimal';
import { inWords } from '../panel/when';
import { CandleTable } from './CandleTable';

/** The chart in words: how many candles, the first and the last one. */
export function ChartSummary({ id, candles }: { readonly id: string; readonly candles: readonly Candle[] }) {
  const [first, last] = [candles.at(0), candles.at(-1)];
  if (!first || !last) return null;
  return (
    <div className="summary">
      <p id={id} data-testid="chart-summary">
        {candles.length} {candles.length === 1 ? 'candle' : 'candles'}. First {inWords(first.date)}, closed at{' '}
        {readable(first.close)}. Last {inWords(last.date)}, closed at {readable(last.close)}.
      </p>
      <CandleTable candles={candles} />
    </div>
  );
}
