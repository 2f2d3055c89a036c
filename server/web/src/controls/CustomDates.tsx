import { useId, useState } from 'react';
import type { Look } from '../view/useView';
import type { View } from '../view/view';

interface Props {
  readonly view: View;
  readonly look: Look;
}

/** A window by its two dates, instead of a range. */
export function CustomDates({ view, look }: Props) {
  const [open, setOpen] = useState(false);
  const form = useId();
  const { dates } = view;
  return (
    <span
      className="dates"
      onKeyDown={(event) => {
        if (event.key === 'Escape') setOpen(false);
      }}
    >
      <button
        type="button"
        aria-pressed={dates !== undefined}
        aria-expanded={open}
        aria-controls={form}
        data-testid={dates ? 'active-range' : undefined}
        onClick={() => {
          setOpen(!open);
        }}
      >
        Dates
      </button>
      {open && (
        <form
          id={form}
          onSubmit={(event) => {
            event.preventDefault();
            const given = new FormData(event.currentTarget);
            const [start, end] = [given.get('start'), given.get('end')];
            if (typeof start !== 'string' || typeof end !== 'string') return;
            setOpen(false);
            look({ dates: { start, end }, resolution: undefined });
          }}
        >
          <label>
            From
            <input type="date" name="start" required autoFocus defaultValue={dates?.start} />
          </label>
          <label>
            To
            <input type="date" name="end" required defaultValue={dates?.end} />
          </label>
          <button type="submit" className="primary">
            Show
          </button>
        </form>
      )}
    </span>
  );
}
