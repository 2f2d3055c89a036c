import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The command, as `cargo build --bin candlecheck` leaves it. */
export const COMMAND = process.env.CANDLECHECK ?? `${ROOT}target/debug/candlecheck`;
export const DASHBOARD = `${ROOT}server/web/dist`;
export const BROKEN_DASHBOARD = `${ROOT}server/web/dist-defects`;

/** `candlecheck serve --controls`: a server of one test's own, with the page from a folder. */
export class Server {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly controls: string,
  ) {}

  static async start(dashboard: string): Promise<Server> {
    if (!existsSync(COMMAND))
      throw new Error(`${COMMAND} is not there: run \`cargo build --bin candlecheck\` first`);
    const child = spawn(COMMAND, ['serve', '--controls', '--port', '0'], {
      env: { ...process.env, OHLC_DASHBOARD_DIR: dashboard },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [controls, url] = await new Promise<[string, string]>((resolve, reject) => {
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const controls = /controls on (\S+)/.exec(said)?.[1];
        const url = /serving on (\S+)/.exec(said)?.[1];
        if (controls && url) resolve([controls, url]);
      });
      child.on('exit', (code) => {
        reject(new Error(`candlecheck serve ended with ${code ?? 'a signal'}: ${said}`));
      });
    });
    return new Server(child, url, controls);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
  }
}
