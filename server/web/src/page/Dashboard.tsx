import { useEffect, useRef } from 'react';
import { RangeSelector } from '../controls/RangeSelector';
import { ResolutionSelector } from '../controls/ResolutionSelector';
import { TickerPanel } from '../panel/TickerPanel';
import { OfflineIndicator } from '../states/OfflineIndicator';
import { neighbour } from '../view/ranges';
import { useView } from '../view/useView';
import { Footer } from './Footer';
import { Header } from './Header';
import { useColours } from './useColours';
import { useOnline } from './useOnline';
import { useShortcuts } from './useShortcuts';
import { useTheme } from './useTheme';

/** Everything that the page shows: one ticker, or two side by side. */
export function Dashboard() {
  const [view, look] = useView();
  const [theme, setTheme] = useTheme();
  const colours = useColours(theme);
  const online = useOnline();
  const search = useRef<HTMLInputElement>(null);
  const { compared } = view;

  const move = (steps: number) => {
    const range = neighbour(view.range, steps);
    if (range && !view.dates) look({ range, resolution: undefined });
  };
  const focusSearch = () => search.current?.select();
  useShortcuts({
    '/': focusSearch,
    '[': () => {
      move(-1);
    },
    ']': () => {
      move(1);
    },
  });

  useEffect(() => {
    document.title = `${[view.ticker, compared].filter(Boolean).join(' and ')} · Candlecheck`;
  }, [view.ticker, compared]);

  const shared = { view, look, colours, online, onSwipe: move, onSearch: focusSearch };
  return (
    <>
      <Header view={view} look={look} theme={theme} setTheme={setTheme} search={search} />
      {!online && <OfflineIndicator />}
      <main>
        <div className="controls">
          <RangeSelector view={view} look={look} />
          <ResolutionSelector view={view} look={look} />
        </div>
        <div className="panels" data-compared={compared !== undefined}>
          <TickerPanel key={`first ${view.ticker}`} ticker={view.ticker} {...shared} />
          {compared && <TickerPanel key={`second ${compared}`} ticker={compared} {...shared} />}
        </div>
      </main>
      <Footer />
    </>
  );
}
