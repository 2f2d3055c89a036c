import type { RefObject } from 'react';
import { CompareField } from '../controls/CompareField';
import { ThemeToggle } from '../controls/ThemeToggle';
import { TickerSearch } from '../controls/TickerSearch';
import type { Look } from '../view/useView';
import type { View } from '../view/view';
import { Mark } from './Mark';
import type { Theme } from './useTheme';

interface Props {
  readonly view: View;
  readonly look: Look;
  readonly theme: Theme;
  readonly setTheme: (theme: Theme) => void;
  readonly search: RefObject<HTMLInputElement | null>;
}

/** The bar at the top: which tickers, and how the page looks. */
export function Header({ view, look, theme, setTheme, search }: Props) {
  return (
    <header>
      <span className="brand">
        <Mark />
        <span>Candlecheck</span>
      </span>
      <TickerSearch key={view.ticker} ticker={view.ticker} look={look} field={search} />
      <CompareField key={view.compared ?? ''} compared={view.compared} look={look} />
      <ThemeToggle theme={theme} setTheme={setTheme} />
    </header>
  );
}
