import { useEffect, useState, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import type { Theme } from './useTheme';

/** What a chart is drawn in: the page's theme, the colours that a reader forces on every page, or ink on white paper. */
export type Colours = Theme | 'forced' | 'paper';

const FORCED = '(forced-colors: active)';

function subscribe(changed: () => void): () => void {
  const query = matchMedia(FORCED);
  query.addEventListener('change', changed);
  return () => {
    query.removeEventListener('change', changed);
  };
}

/** The colours for a chart. A canvas knows nothing of style sheets, and so has to be told. */
export function useColours(theme: Theme): Colours {
  const forced = useSyncExternalStore(subscribe, () => matchMedia(FORCED).matches);
  const onPaper = useOnPaper();
  if (onPaper) return 'paper';
  return forced ? 'forced' : theme;
}

/** Whether the page is being printed. */
function useOnPaper(): boolean {
  const [onPaper, setOnPaper] = useState(false);
  useEffect(() => {
    const becomes = (paper: boolean) => () => {
      // The browser takes what there is when this returns.
      flushSync(() => {
        setOnPaper(paper);
      });
    };
    const [before, after] = [becomes(true), becomes(false)];
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  return onPaper;
}
