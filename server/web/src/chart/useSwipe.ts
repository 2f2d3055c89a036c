import { useEffect, useEffectEvent, type RefObject } from 'react';

/** Tells how far to the right one finger went, when it went sideways. */
export function useSwipe(element: RefObject<HTMLElement | null>, swiped: (pixels: number) => void): void {
  const tell = useEffectEvent(swiped);
  useEffect(() => {
    const surface = element.current;
    if (!surface) return undefined;
    let start: { x: number; y: number } | undefined;
    const began = ({ touches }: TouchEvent) => {
      const [finger] = touches;
      start = finger && touches.length === 1 ? { x: finger.clientX, y: finger.clientY } : undefined;
    };
    const ended = ({ changedTouches }: TouchEvent) => {
      const [finger] = changedTouches;
      if (!start || !finger) return;
      const x = finger.clientX - start.x;
      const y = finger.clientY - start.y;
      start = undefined;
      if (Math.abs(x) > 2 * Math.abs(y)) tell(x);
    };
    surface.addEventListener('touchstart', began, { passive: true });
    surface.addEventListener('touchend', ended, { passive: true });
    return () => {
      surface.removeEventListener('touchstart', began);
      surface.removeEventListener('touchend', ended);
    };
  }, [element]);
}
