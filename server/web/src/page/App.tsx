import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { PoliciesProvider, type Policies } from '../policies';
import { Dashboard } from './Dashboard';

/** The page, with the policies that it is given. */
export function App({ policies }: { readonly policies: Policies }) {
  const [client] = useState(() => new QueryClient());
  return (
    <PoliciesProvider value={policies}>
      <QueryClientProvider client={client}>
        <Dashboard />
      </QueryClientProvider>
    </PoliciesProvider>
  );
}
