import { useSyncExternalStore, type RefObject } from 'react';

function subscribe(changed: () => void): () => void {
  document.addEventListener('fullscreenchange', changed);
  return () => {
    document.removeEventListener('fullscreenchange', changed);
  };
}

/** Fills the screen with a panel, and leaves it again; where a browser cannot, there is no button. */
export function FullscreenButton({ panel }: { readonly panel: RefObject<HTMLElement | null> }) {
  const full = useSyncExternalStore(subscribe, () => document.fullscreenElement);
  if (!document.fullscreenEnabled) return null;
  const filled = full !== null;
  return (
    <button
      type="button"
      className="quiet icon"
      aria-label={filled ? 'Leave full screen' : 'Fill the screen'}
      aria-pressed={filled}
      data-testid="fullscreen-button"
      onClick={() => {
        void (filled ? document.exitFullscreen() : panel.current?.requestFullscreen());
      }}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path
          d={
            filled
              ? 'M7.5 3v4.5H3M12.5 3v4.5H17M7.5 17v-4.5H3M12.5 17v-4.5H17'
              : 'M3 7.5V3h4.5M17 7.5V3h-4.5M3 12.5V17h4.5M17 12.5V17h-4.5'
          }
        />
      </svg>
    </button>
  );
}
