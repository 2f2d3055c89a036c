import type { UseQueryResult } from '@tanstack/react-query';
import type { Answer } from '../api/candle';
import type { Problem } from '../api/problem';

/** What a panel shows. */
export type Status =
  | { readonly kind: 'loading'; readonly failures: number }
  /** The API asked for patience, and the page waits. */
  | { readonly kind: 'waiting'; readonly problem: Problem }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'empty'; readonly answer: Answer }
  | {
      readonly kind: 'shown';
      readonly answer: Answer;
      /** Another view's candles are on their way, and these are the last one's. */
      readonly leaving: boolean;
      /** These could not be renewed. */
      readonly problem: Problem | undefined;
    };

export function statusOf(query: UseQueryResult<Answer, Problem>): Status {
  const { data, error, failureReason, failureCount, isFetching, isPlaceholderData } = query;
  const settled = data && !isPlaceholderData;
  if (isFetching && !settled && failureReason?.kind === 'limited')
    return { kind: 'waiting', problem: failureReason };
  if (data && data.candles.length > 0) {
    return { kind: 'shown', answer: data, leaving: isPlaceholderData, problem: error ?? undefined };
  }
  if (isFetching) return { kind: 'loading', failures: failureCount };
  if (error) return { kind: 'failed', problem: error };
  return data ? { kind: 'empty', answer: data } : { kind: 'loading', failures: failureCount };
}
