import { test } from '@playwright/test';

/** Notes a measurement with the scenario, for the reporter that compares it with the baseline. */
export function mark(name: string, value: number): void {
  test.info().annotations.push({ type: 'mark', description: `${name} ${value}` });
}
