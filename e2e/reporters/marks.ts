import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

const BASELINE = fileURLToPath(new URL('../marks.json', import.meta.url));
/** Worse by more than a fifth is told. It fails nothing: machines differ, and the limits themselves are expectations. */
const TOLD_FROM = 1.2;

type Marks = Record<string, number>;

/** Compares what was measured with the stored baseline; with `UPDATE_MARKS=1` it becomes the baseline. */
export default class MarksReporter implements Reporter {
  private readonly measured: Marks = {};

  onTestEnd(test: TestCase, result: TestResult): void {
    const browser = test.parent.project()?.name ?? 'browser';
    for (const { type, description = '' } of result.annotations) {
      const [name, value] = description.split(' ');
      if (type === 'mark' && name) this.measured[`${browser} ${name}`] = Math.round(10 * Number(value)) / 10;
    }
  }

  onEnd(): void {
    const baseline = JSON.parse(readFileSync(BASELINE, 'utf8')) as Marks;
    for (const [name, value] of Object.entries(this.measured)) {
      const ratio = value / (baseline[name] ?? value);
      const worse = ratio > TOLD_FROM ? `, ${ratio.toFixed(2)} times the baseline` : '';
      process.stderr.write(`mark ${name}: ${value}${worse}\n`);
    }
    if (process.env.UPDATE_MARKS) {
      writeFileSync(BASELINE, `${JSON.stringify({ ...baseline, ...this.measured }, null, 2)}\n`);
    }
  }

  printsToStdio(): boolean {
    return false;
  }
}
