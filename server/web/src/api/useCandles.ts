import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { useRules } from '../rules';
import type { View } from '../view/view';
import type { Answer } from './candle';
import { ohlc } from './ohlc';
import type { Problem } from './problem';

export interface Candles {
  readonly query: UseQueryResult<Answer, Problem>;
  /** Asks now, whatever is being waited for. */
  readonly askNow: () => void;
}

/** What a view shows of a ticker, kept up to date as the rules say. */
export function useCandles(ticker: string, view: View): Candles {
  const rules = useRules();
  const client = useQueryClient();
  const queryKey = rules.key(ticker, view);
  const query = useQuery<Answer, Problem>({
    queryKey,
    queryFn: ({ signal }) => ohlc(ticker, view, rules, signal),
    // The chart of the same ticker stays until the next one is there.
    placeholderData: (previous) => (previous?.ticker === ticker ? previous : undefined),
    staleTime: rules.freshFor,
    retry: rules.retries,
    retryDelay: rules.pause,
    refetchOnWindowFocus: true,
    refetchOnReconnect: rules.asksWhenBackOnline ? 'always' : false,
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

  useEffect(() => {
    for (const event of rules.asksAgainOn) window.addEventListener(event, askNow);
    return () => {
      for (const event of rules.asksAgainOn) window.removeEventListener(event, askNow);
    };
  }, [rules, askNow]);

  return { query, askNow };
}
