import { useEffect, useState } from 'react';

/** The present, in milliseconds, told again that often. */
export function useNow(every: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const tick = () => {
      setNow(Date.now());
    };
    tick();
    const ticking = setInterval(tick, every);
    return () => {
      clearInterval(ticking);
    };
  }, [every]);
  return now;
}
