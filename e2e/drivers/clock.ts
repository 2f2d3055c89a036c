declare global {
  interface Window {
    candlecheckJump?: (milliseconds: number) => void;
  }
}

/**
 * Runs in a page before its own scripts: a clock that goes as the real one, and can jump. What ticks then ticks once, as
 * under a laptop's lid; a single timer that is waiting goes on waiting.
 */
export function clockThatJumps(at?: string): void {
  const now = Date.now.bind(Date);
  const tickEvery = window.setInterval.bind(window);
  const stopTicking = window.clearInterval.bind(window);
  const ticking = new Map<number, () => void>();
  let ahead = at === undefined ? 0 : Date.parse(at) - now();
  Date.now = () => now() + ahead;
  Object.assign(window, {
    setInterval: (tick: () => void, every?: number) => {
      const handle = tickEvery(tick, every);
      ticking.set(handle, tick);
      return handle;
    },
    clearInterval: (handle: number) => {
      ticking.delete(handle);
      stopTicking(handle);
    },
  });
  window.candlecheckJump = (milliseconds) => {
    ahead += milliseconds;
    for (const tick of [...ticking.values()]) tick();
  };
}
