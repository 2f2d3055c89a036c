/** What keys do, and whose work the charts are. */
export function Footer() {
  return (
    <footer>
      <p className="keys">
        <kbd>/</kbd> search <kbd>[</kbd> <kbd>]</kbd> range <kbd>←</kbd> <kbd>→</kbd> candle <kbd>+</kbd>{' '}
        <kbd>−</kbd> zoom <kbd>0</kbd> all
      </p>
      <p>
        Charts by{' '}
        <a href="https://www.tradingview.com/" rel="noreferrer">
          TradingView Lightweight Charts™
        </a>
        , © TradingView, Inc.
      </p>
    </footer>
  );
}
