/**
 * `offline`: this machine has no network. `unreachable`: it has, but the server does not answer. `limited`: 429.
 * `failing`: 5xx. `unknown`: 404. `stranger`: 401. `refused`: any other 4xx.
 */
export type Kind = 'offline' | 'unreachable' | 'limited' | 'failing' | 'unknown' | 'stranger' | 'refused';

/** Why there is no answer. Its message is the API's own sentence, where it wrote one. */
export class Problem extends Error {
  readonly kind: Kind;
  /** Seconds that the API asks to wait, and the moment that they end, by this machine's clock. */
  readonly retryAfter: number | undefined;
  readonly retryAt: number | undefined;

  constructor(kind: Kind, message: string, retryAfter?: number) {
    super(message);
    this.kind = kind;
    this.retryAfter = retryAfter;
    this.retryAt = retryAfter === undefined ? undefined : Date.now() + 1000 * retryAfter;
  }
}

const KINDS: Record<number, Kind> = { 401: 'stranger', 404: 'unknown', 429: 'limited' };

/** The problem that a refusal tells of. Only a 429 is held to its Retry-After. */
export async function problemOf(response: Response): Promise<Problem> {
  const kind = KINDS[response.status] ?? (response.status >= 500 ? 'failing' : 'refused');
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  const told = kind === 'limited' && Number.isFinite(seconds) ? seconds : undefined;
  return new Problem(kind, await sentence(response), told);
}

async function sentence(response: Response): Promise<string> {
  const fallback = `The server answered with status ${response.status}.`;
  try {
    const body: unknown = await response.json();
    const told = typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined;
    return typeof told === 'string' ? told : fallback;
  } catch {
    return fallback;
  }
}
