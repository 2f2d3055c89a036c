import { useCallback, useMemo, useSyncExternalStore } from 'react';
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
  const href = useSyncExternalStore(subscribe, () => window.location.href);
  const view = useMemo(() => viewAt(new URL(href)), [href]);
  const look = useCallback<Look>((change) => {
    const next = { ...viewAt(new URL(window.location.href)), ...change };
    window.history.pushState(null, '', addressOf(next));
    window.dispatchEvent(new Event(MOVED));
  }, []);
  return [view, look];
}
