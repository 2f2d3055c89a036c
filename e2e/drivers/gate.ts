import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Wire } from '../world/wire';

const SCRIPTS = '/scripts-of-the-scenario.js';

/**
 * What stands between a server and a browser that WebDriver drives, because WebDriver tells of no request, knows no
 * scripts before a page's own, and cuts no network. What passes is not changed, but for one more script in a page.
 */
export class Gate {
  private readonly scripts: string[] = [];
  private readonly waiting: (() => void)[] = [];
  private held: RegExp | undefined;
  private open = true;
  private readonly listener: Server;

  private constructor(
    private readonly server: string,
    private readonly wire: Wire,
  ) {
    this.listener = createServer((asked, answered) => {
      this.pass(asked, answered);
    });
  }

  static async before(server: string, wire: Wire): Promise<Gate> {
    const gate = new Gate(server, wire);
    await new Promise<void>((resolve) => gate.listener.listen(0, '127.0.0.1', resolve));
    return gate;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.listener.address() as AddressInfo).port}`;
  }

  /** Brings a script before those of every page from now on. */
  bring(script: string): void {
    this.scripts.push(script);
  }

  /** Breaks every connection, and refuses new ones; or lets them pass again. */
  setOpen(open: boolean): void {
    this.open = open;
    if (!open) this.listener.closeAllConnections();
  }

  /** Keeps files back, until what it gives is called. */
  hold(files: RegExp): () => void {
    this.held = files;
    return () => {
      this.held = undefined;
      for (const pass of this.waiting.splice(0)) pass();
    };
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.listener.close(resolve));
    this.listener.closeAllConnections();
    await closed;
  }

  private pass(asked: IncomingMessage, answered: ServerResponse): void {
    const path = asked.url ?? '/';
    if (path === SCRIPTS) {
      answered.writeHead(200, { 'Content-Type': 'text/javascript', 'Cache-Control': 'no-store' });
      answered.end(this.scripts.join('\n'));
      return;
    }
    this.wire.asked(`${this.url}${path}`);
    if (!this.open) asked.socket.destroy();
    else if (this.held?.test(path)) this.waiting.push(this.forward.bind(this, asked, answered, path));
    else this.forward(asked, answered, path);
  }

  private forward(asked: IncomingMessage, answered: ServerResponse, path: string): void {
    const headers = { ...asked.headers };
    // A page that is packed could not be given its script.
    delete headers['accept-encoding'];
    const onward = request(new URL(path, this.server), { method: asked.method, headers }, (answer) => {
      this.wire.answered(`${this.url}${path}`, answer.headers);
      if (answer.headers['content-type']?.startsWith('text/html')) void bringScripts(answer, answered);
      else {
        answered.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(answered);
      }
    });
    onward.on('error', () => answered.destroy());
    answered.on('close', () => onward.destroy());
    asked.pipe(onward);
  }
}

/** Passes a page on, with the scenario's scripts before its own. */
async function bringScripts(answer: IncomingMessage, answered: ServerResponse): Promise<void> {
  const page = (await text(answer)).replace('<head>', `<head><script src="${SCRIPTS}"></script>`);
  const headers = { ...answer.headers };
  delete headers['content-length'];
  answered.writeHead(answer.statusCode ?? 502, headers);
  answered.end(page);
}
