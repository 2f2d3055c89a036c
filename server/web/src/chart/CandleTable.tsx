import { useState } from 'react';
import type { Candle } from '../api/candle';
import { inWords } from '../panel/when';

const FIELDS = ['open', 'high', 'low', 'close', 'volume'] as const;

/** Every candle in numbers, newest first. Written only when somebody opens it: it can be long. */
export function CandleTable({ candles }: { readonly candles: readonly Candle[] }) {
  const [open, setOpen] = useState(false);
  return (
    <details
      className="candle-table"
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
      }}
    >
      <summary>Show as a table</summary>
      {open && (
        <div className="scroll" tabIndex={0} role="region" aria-label="Candles as a table">
          <table>
            <thead>
              <tr>
                <th scope="col">date</th>
                {FIELDS.map((field) => (
                  <th key={field} scope="col">
                    {field}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {candles.toReversed().map((candle) => (
                <tr key={candle.date}>
                  <th scope="row">{inWords(candle.date)}</th>
                  {FIELDS.map((field) => (
                    <td key={field}>{candle[field]}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
