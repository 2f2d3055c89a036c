import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { BROKEN_DASHBOARD, COMMAND, DASHBOARD } from './server';

/** What scenarios find things by. */
const TEST_IDS = [
  'active-range',
  'cache-status',
  'candle-tooltip',
  'chart-animation',
  'current-price',
  'data-age',
  'error-message',
  'loading-spinner',
  'offline-indicator',
  'price-chart',
  'range-selector',
  'resolution-selector',
  'retry-button',
];

/** Names what is missing before any scenario fails for it. */
export default function before(): void {
  if (!existsSync(COMMAND)) throw new Error(`${COMMAND} is not there: run \`cargo build --bin candlecheck\``);
  const [folder, script] = process.env.PROOFS ? [BROKEN_DASHBOARD, 'build:defects'] : [DASHBOARD, 'build'];
  if (!existsSync(`${folder}/index.html`)) {
    throw new Error(`${folder} is not there: run \`npm ci && npm run ${script}\` in server/web`);
  }
  const scripts = readdirSync(`${folder}/assets`).filter((file) => file.endsWith('.js'));
  const page = scripts.map((file) => readFileSync(`${folder}/assets/${file}`, 'utf8')).join('\n');
  const missing = TEST_IDS.filter((id) => !page.includes(id));
  if (missing.length > 0) throw new Error(`the page lacks the data-testid ${missing.join(', ')}`);
}
