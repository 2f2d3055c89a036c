import type { Candle } from './api';

/** How the provider behaves. */
export type Conduct =
  | { conduct: 'good' }
  | { conduct: 'slow'; delay_ms: number }
  | { conduct: 'refusing'; status: number }
  | { conduct: 'limiting'; retry_after: number; calls: number };

/** A row as the provider sends it, its numbers as the texts that they are on the wire. */
export type Row = Candle;

/** The strings behind the stage: what the server's calendar says, and what its provider does. */
export class Controls {
  constructor(
    private readonly url: string,
    private readonly server: string,
  ) {}

  /** Sets the calendar, as RFC 3339 in UTC. It starts at 2013-03-01T22:00:00Z, after the close. */
  async timeIs(now: string): Promise<void> {
    await post(`${this.url}/clock`, { now });
  }

  /** What the provider has of a ticker from now on: exactly these rows. */
  async lists(ticker: string, rows: readonly Row[], resolution = 'D'): Promise<void> {
    await post(`${this.url}/listed`, { ticker, resolution, rows });
  }

  async provider(conduct: Conduct): Promise<void> {
    await post(`${this.url}/provider`, conduct);
  }

  /** Takes every answer and every candle of a ticker out of every layer. */
  async invalidate(ticker: string): Promise<void> {
    await post(`${this.server}/api/v2/cache/invalidate`, { ticker }, { Authorization: 'Bearer admin-token' });
  }

  /** Waits until what readers saw is in the table too. */
  async idle(): Promise<void> {
    await post(`${this.server}/test/idle`, {});
  }
}

async function post(url: string, body: object, headers: Record<string, string> = {}): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} refused ${JSON.stringify(body)}: ${await response.text()}`);
}
