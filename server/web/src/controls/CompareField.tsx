import { useState } from 'react';
import type { Look } from '../view/useView';

interface Props {
  readonly compared: string | undefined;
  readonly look: Look;
}

/** A second ticker beside the first, and the way to be rid of it. */
export function CompareField({ compared, look }: Props) {
  const [asking, setAsking] = useState(false);
  if (compared) {
    return (
      <button
        type="button"
        className="quiet chip"
        aria-label={`Stop comparing with ${compared}`}
        onClick={() => {
          look({ compared: undefined });
        }}
      >
        {compared} <span aria-hidden="true">×</span>
      </button>
    );
  }
  if (!asking) {
    return (
      <button
        type="button"
        className="quiet"
        onClick={() => {
          setAsking(true);
        }}
      >
        <span aria-hidden="true">+ </span>Compare
      </button>
    );
  }
  return (
    <form
      className="compare"
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = new FormData(event.currentTarget).get('ticker');
        if (typeof wanted === 'string' && wanted.trim()) look({ compared: wanted.trim().toUpperCase() });
      }}
    >
      <input
        name="ticker"
        aria-label="Compare with"
        placeholder="Compare with"
        autoFocus
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={11}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setAsking(false);
        }}
      />
    </form>
  );
}
