import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** Tells at the end what was not run, and why: once for each browser. */
export default class NotRun implements Reporter {
  private readonly reasons = new Map<string, number>();

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status !== 'skipped') return;
    const reason =
      test.annotations.find(({ type }) => type === 'skip')?.description ?? 'not run: no reason was given';
    this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1);
  }

  onEnd(): void {
    for (const [reason, count] of this.reasons) process.stderr.write(`${count} scenarios ${reason}\n`);
  }

  printsToStdio(): boolean {
    return false;
  }
}
