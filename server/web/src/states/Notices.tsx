import type { Answer } from '../api/candle';
import type { Problem } from '../api/problem';
import { usePolicies } from '../policies';
import { sentence } from './advice';

interface Props {
  readonly answer: Answer;
  readonly problem: Problem | undefined;
  readonly online: boolean;
  readonly onAskNow: () => void;
}

/** What a reader should know about the candles in sight. */
export function Notices({ answer, problem, online, onAskNow }: Props) {
  const { advice } = usePolicies();
  const said = [
    ...(problem && online ? [`${advice(problem).title}: these candles could not be renewed.`] : []),
    ...(online ? [] : ['These candles are from before you went offline.']),
    ...(answer.stale
      ? ['These candles are older than they should be: newer ones did not come in time.']
      : []),
  ];
  return (
    <>
      {said.length > 0 && (
        <div className="notice" role="status" data-testid="stale-notice">
          <p>{said.join(' ')}</p>
          <button type="button" className="quiet" data-testid="retry-button" onClick={onAskNow}>
            Try again now
          </button>
        </div>
      )}
      {answer.fallback_message && (
        <div className="notice" role="status" data-testid="fallback-notice">
          <p>{sentence(answer.fallback_message)}</p>
        </div>
      )}
    </>
  );
}
