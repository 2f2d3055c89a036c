import { useEffect, useState, useSyncExternalStore } from 'react';

export type Theme = 'light' | 'dark';

const KEPT = 'candlecheck.theme';
const DARK = '(prefers-color-scheme: dark)';

function subscribe(changed: () => void): () => void {
  const query = matchMedia(DARK);
  query.addEventListener('change', changed);
  return () => {
    query.removeEventListener('change', changed);
  };
}

/** Light or dark: as the system prefers, until the reader chooses. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const preferred = useSyncExternalStore<Theme>(subscribe, () =>
    matchMedia(DARK).matches ? 'dark' : 'light',
  );
  const [chosen, setChosen] = useState(() => localStorage.getItem(KEPT));
  const theme = chosen === 'light' || chosen === 'dark' ? chosen : preferred;

  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);

  const choose = (next: Theme) => {
    localStorage.setItem(KEPT, next);
    setChosen(next);
  };
  return [theme, choose];
}
