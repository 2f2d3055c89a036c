import type { RefObject } from 'react';
import type { Look } from '../view/useView';

interface Props {
  readonly ticker: string;
  readonly look: Look;
  readonly field: RefObject<HTMLInputElement | null>;
}

/** Which ticker to look at. */
export function TickerSearch({ ticker, look, field }: Props) {
  return (
    <form
      className="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = field.current?.value.trim().toUpperCase();
        if (wanted) look({ ticker: wanted });
        field.current?.blur();
      }}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <circle cx="9" cy="9" r="5.5" />
        <path d="m13.5 13.5 3.5 3.5" />
      </svg>
      <input
        ref={field}
        type="search"
        aria-label="Ticker"
        placeholder="Ticker"
        defaultValue={ticker}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        enterKeyHint="go"
        maxLength={11}
        data-testid="ticker-search"
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
  );
}
