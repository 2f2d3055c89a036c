import type { Answer } from '../api/candle';
import { usePolicies } from '../policies';
import { useNow } from './useNow';

const OFTEN = 10_000;

/** Where the candles came from, and how old they are. */
export function CacheBadge({ answer }: { readonly answer: Answer }) {
  const policies = usePolicies();
  const now = useNow(OFTEN);
  const seconds = Math.max(0, Math.floor((now - answer.fetchedAt) / 1000));
  return (
    <p className="badge" data-testid="cache-status" data-source={answer.source}>
      <span className="source">{answer.source}</span>
      <span className="unseen">, </span>
      <time data-testid="data-age" dateTime={new Date(answer.fetchedAt).toISOString()}>
        {policies.age(seconds)}
      </time>
    </p>
  );
}
