import type { Rules } from '../src/rules';

/** A page that is broken on purpose. */
export interface Defect {
  /** The mistake, in words. */
  readonly about: string;
  /** The rule that it changes. */
  readonly amend?: (rules: Rules) => Partial<Rules>;
  /** What it does to the page besides its rules, before it starts. */
  readonly spoil?: () => void;
}
