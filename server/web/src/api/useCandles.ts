import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useCallback } from 'react';
import { usePolicies } from '../policies';
import type { View } from '../view/view';
import type { Answer } from './candle';
import { ohlc } from './ohlc';
import type { Problem } from './problem';

export interface Candles {
  readonly query: UseQueryResult<Answer, Problem>;
  /** Asks now, whatever is being waited for. */
  readonly askNow: () => void;
}

/** What a view shows of a ticker, kept up to date as the policies say. */
export function useCandles(ticker: string, view: View): Candles {
  const policies = usePolicies();
  const client = useQueryClient();
  const queryKey = policies.key(ticker, view);
  const query = useQuery<Answer, Problem>({
    queryKey,
    queryFn: ({ signal }) => ohlc(ticker, view, policies, signal),
    // The chart of the same ticker stays until the next one is there.
    placeholderData: (previous) => (previous?.ticker === ticker ? previous : undefined),
    staleTime: policies.freshFor,
    retry: policies.retries,
    retryDelay: policies.pause,
    refetchOnWindowFocus: true,
    refetchOnReconnect: policies.asksWhenBackOnline,
    // Without a network it fails, and says so, instead of waiting in silence.
    networkMode: 'always',
  });

  const { refetch } = query;
  const [kept, parameters] = queryKey;
  const askNow = useCallback(() => {
    const asking = async () => {
      await client.cancelQueries({ queryKey: [kept, parameters] });
      await refetch();
    };
    void asking();
  }, [client, kept, parameters, refetch]);

  return { query, askNow };
}
