import { RANGES } from '../view/ranges';
import type { Look } from '../view/useView';
import type { View } from '../view/view';
import { CustomDates } from './CustomDates';

interface Props {
  readonly view: View;
  readonly look: Look;
}

/** How far the chart reaches back. */
export function RangeSelector({ view, look }: Props) {
  return (
    <div className="segments" role="group" aria-label="Range" data-testid="range-selector">
      {RANGES.map((range) => {
        const active = !view.dates && view.range === range;
        return (
          <button
            key={range}
            type="button"
            aria-pressed={active}
            data-testid={active ? 'active-range' : undefined}
            onClick={() => {
              if (!active) look({ range, dates: undefined, resolution: undefined });
            }}
          >
            {range}
          </button>
        );
      })}
      <CustomDates view={view} look={look} />
    </div>
  );
}
