import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from '@playwright/test';
import { mark } from '../world/marks';
import { check } from '../world/scenario';
import { DASHBOARD } from '../world/server';

const LIMIT = 150_000;

check(
  'weight: the page has less than 150 kB of script, and asks no other host',
  async ({ dashboard, wire, page }) => {
    const refused: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') refused.push(message.text());
    });
    await dashboard.open('GOOG');
    await dashboard.price.isShown();
    expect(wire.askedHosts).toEqual([new URL(page.url()).host]);
    expect(refused, 'what its own policy refused, and other errors').toEqual([]);

    const scripts = readdirSync(`${DASHBOARD}/assets`).filter((file) => file.endsWith('.js'));
    const weight = scripts.reduce(
      (sum, file) => sum + gzipSync(readFileSync(`${DASHBOARD}/assets/${file}`)).length,
      0,
    );
    mark('script_bytes', weight);
    expect(weight).toBeLessThan(LIMIT);
  },
  { onlyPlaywright: 'WebDriver tells neither of other hosts, nor of what a policy refuses' },
);
