import { useId } from 'react';
import { RESOLUTIONS, whyNot } from '../view/resolutions';
import type { Look } from '../view/useView';
import { resolutionOf, spanOf, type View } from '../view/view';

interface Props {
  readonly view: View;
  readonly look: Look;
}

/** How long a candle is. One that cannot fill the window stays there, and says why. */
export function ResolutionSelector({ view, look }: Props) {
  const reasons = useId();
  const span = spanOf(view);
  const chosen = resolutionOf(view);
  return (
    <div className="segments" role="group" aria-label="Resolution" data-testid="resolution-selector">
      {RESOLUTIONS.map((resolution) => {
        const reason = whyNot(resolution, span);
        const id = `${reasons}${resolution.name}`;
        return (
          <button
            key={resolution.name}
            type="button"
            aria-pressed={chosen === resolution.name}
            aria-disabled={reason !== undefined}
            aria-describedby={reason && id}
            onClick={() => {
              if (!reason && chosen !== resolution.name) look({ resolution: resolution.name });
            }}
          >
            {resolution.label}
            {reason && (
              <span id={id} className="reason" role="tooltip">
                {reason}
              </span>
            )}
          </button>
        );
      })}
    </div>
  );
}
