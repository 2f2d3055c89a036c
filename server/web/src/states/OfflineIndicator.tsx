/** No network. The panels say what to do. */
export function OfflineIndicator() {
  return (
    <p className="offline" role="status" data-testid="offline-indicator">
      <span className="dot" aria-hidden="true" /> You are offline. New candles come when you are back.
    </p>
  );
}
