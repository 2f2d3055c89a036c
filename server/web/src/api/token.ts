const KEPT = 'candlecheck.token';

let asked: Promise<string | undefined> | undefined;

/** The token that the reader typed in this tab; else the one that the server lets the page begin with, if it does. */
export function token(): Promise<string | undefined> {
  const kept = sessionStorage.getItem(KEPT);
  if (kept) return Promise.resolve(kept);
  asked ??= beginning();
  return asked;
}

/** Keeps a token until this tab is closed. */
export function keepToken(token: string): void {
  sessionStorage.setItem(KEPT, token);
}

async function beginning(): Promise<string | undefined> {
  try {
    const response = await fetch('/dashboard.json');
    const body = (await response.json()) as { token: string | null };
    return body.token ?? undefined;
  } catch {
    // Asked again with the next request: this machine may be offline.
    asked = undefined;
    return undefined;
  }
}
