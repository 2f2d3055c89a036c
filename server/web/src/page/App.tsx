import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { RulesProvider, type Rules } from '../rules';
import { Dashboard } from './Dashboard';

/** The page, by the rules that it is given. */
export function App({ rules }: { readonly rules: Rules }) {
  const [client] = useState(() => new QueryClient());
  return (
    <RulesProvider value={rules}>
      <QueryClientProvider client={client}>
        <Dashboard />
      </QueryClientProvider>
    </RulesProvider>
  );
}
