import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useRules } from '../rules';
import { addressOf, viewAt, type View } from './view';

const MOVED = 'candlecheck:moved';

function subscribe(changed: () => void): () => void {
  window.addEventListener('popstate', changed);
  window.addEventListener(MOVED, changed);
  return () => {
    window.removeEventListener('popstate', changed);
    window.removeEventListener(MOVED, changed);
  };
}

export type Look = (change: Partial<View>) => void;

/** The view that the address stands for, and how to look at another one. */
export function useView(): [View, Look] {
  const rules = useRules();
  const href = useSyncExternalStore(subscribe, () => window.location.href);
  const view = useMemo(() => viewAt(new URL(href)), [href]);
  const look = useCallback<Look>(
    (change) => {
      rules.remember(addressOf({ ...viewAt(new URL(window.location.href)), ...change }));
      window.dispatchEvent(new Event(MOVED));
    },
    [rules],
  );
  return [view, look];
}
