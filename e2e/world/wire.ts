import type { Page, Request, Response } from '@playwright/test';

const OHLC = /\/api\/v2\/tickers\/[^/]+\/ohlc/;

/** What the page asks of the API, as the browser tells it. */
export class Wire {
  private readonly requests: { request: Request; at: number }[] = [];
  private readonly responses: Response[] = [];
  private readonly hosts = new Set<string>();

  constructor(page: Page) {
    page.on('request', (request) => {
      this.hosts.add(new URL(request.url()).host);
      if (OHLC.test(request.url())) this.requests.push({ request, at: Date.now() });
    });
    page.on('response', (response) => {
      if (OHLC.test(response.url())) this.responses.push(response);
    });
  }

  /** How many OHLC requests there were so far. */
  get count(): number {
    return this.requests.length;
  }

  /** The milliseconds between one OHLC request and the next. */
  get gaps(): number[] {
    return this.requests.slice(1).map(({ at }, before) => at - (this.requests[before]?.at ?? at));
  }

  /** The hosts that anything was asked of. */
  get askedHosts(): string[] {
    return [...this.hosts];
  }

  /** The last OHLC request. */
  lastRequest(): Request {
    const last = this.requests.at(-1);
    if (!last) throw new Error('the page has asked the API nothing yet');
    return last.request;
  }

  /** The last OHLC answer. */
  lastAnswer(): Response {
    const last = this.responses.at(-1);
    if (!last) throw new Error('the API has answered the page nothing yet');
    return last;
  }
}
