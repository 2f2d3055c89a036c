const OHLC = /\/api\/v2\/tickers\/[^/]+\/ohlc/;

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** What the page asks of the API, as whoever stands between them tells it. */
export class Wire {
  private readonly requests: { url: URL; at: number }[] = [];
  private readonly answers: Headers[] = [];
  private readonly hosts = new Set<string>();

  /** Something was asked. */
  asked(address: string): void {
    const url = new URL(address);
    this.hosts.add(url.host);
    if (OHLC.test(url.pathname)) this.requests.push({ url, at: Date.now() });
  }

  /** Something was answered, with headers whose names are lower-case. */
  answered(address: string, headers: Headers): void {
    if (OHLC.test(new URL(address).pathname)) this.answers.push(headers);
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

  /** What the last OHLC request asked for. */
  lastQuery(): URLSearchParams {
    const last = this.requests.at(-1);
    if (!last) throw new Error('the page has asked the API nothing yet');
    return last.url.searchParams;
  }

  /** The headers of the last OHLC answer. */
  lastHeaders(): Headers {
    const last = this.answers.at(-1);
    if (!last) throw new Error('the API has answered the page nothing yet');
    return last;
  }
}
