import { useNow } from '../panel/useNow';

const SECOND = 1000;

/** How long it is until the page asks again. */
export function Patience({ until }: { readonly until: number }) {
  const seconds = Math.ceil((until - useNow(SECOND / 4)) / SECOND);
  return (
    <p className="patience" data-testid="patience" role="timer">
      {seconds > 0 ? `Asking again in ${seconds} s` : 'Asking again…'}
    </p>
  );
}
