import type { Answer } from '../api/candle';
import { inWords } from '../panel/when';
import type { Look } from '../view/useView';

interface Props {
  readonly answer: Answer;
  readonly look: Look;
}

/** A window without trading: a weekend, a holiday, a time before the listing or after its end. */
export function EmptyWindow({ answer, look }: Props) {
  const { ticker, start_date: start, end_date: end } = answer;
  return (
    <div className="state" data-testid="empty-message">
      <h2>No candles</h2>
      <p>
        {ticker} was not traded{' '}
        {start === end ? `on ${inWords(start)}` : `from ${inWords(start)} to ${inWords(end)}`}. Look further
        back, or choose other dates.
      </p>
      <button
        type="button"
        className="primary"
        onClick={() => {
          look({ range: '5Y', dates: undefined, resolution: undefined });
        }}
      >
        Show five years
      </button>
    </div>
  );
}
