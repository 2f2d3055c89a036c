import { useEffect, useState, type RefObject } from 'react';

export type Appearing = 'running' | 'finished';

const eased = (part: number): number => 1 - (1 - part) ** 3;

/** Lets an element appear from left to right whenever something else is shown in it. Who wants less motion sees it at once. */
export function useAppearing(
  element: RefObject<HTMLElement | null>,
  shown: unknown,
  lasts: number,
): Appearing {
  const [state, setState] = useState<Appearing>('finished');
  useEffect(() => {
    const surface = element.current;
    if (!surface || matchMedia('(prefers-reduced-motion: reduce)').matches) return undefined;
    let began: number | undefined;
    let frame = 0;
    const step = (time: number) => {
      began ??= time;
      const part = Math.min(1, (time - began) / lasts);
      surface.style.clipPath = part < 1 ? `inset(0 ${100 * (1 - eased(part))}% 0 0)` : '';
      setState(part < 1 ? 'running' : 'finished');
      if (part < 1) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => {
      cancelAnimationFrame(frame);
      surface.style.clipPath = '';
    };
  }, [element, shown, lasts]);
  return state;
}
