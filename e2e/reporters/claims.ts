import type { FullConfig, FullResult, Reporter, Suite } from '@playwright/test/reporter';
import { DEFECTS } from '../../server/web/defects/defects';

/** A defect that no scenario claims to catch would prove nothing. */
export default class Claims implements Reporter {
  private unclaimed: string[] = [];
  private whole = false;

  onBegin(_config: FullConfig, suite: Suite): void {
    const titles = suite.allTests().map(({ title }) => title);
    // Who selects some of the proofs has not asked about the others.
    this.whole = process.argv.slice(2).every((argument) => argument === 'test');
    this.unclaimed = Object.keys(DEFECTS).filter(
      (name) => !titles.some((title) => title.endsWith(`catches ${name}`)),
    );
  }

  onEnd(): Promise<{ status: FullResult['status'] } | undefined> {
    if (!this.whole || this.unclaimed.length === 0) return Promise.resolve(undefined);
    process.stderr.write(`no scenario claims to catch ${this.unclaimed.join(', ')}\n`);
    return Promise.resolve({ status: 'failed' });
  }

  printsToStdio(): boolean {
    return false;
  }
}
