import type { Policies } from '../src/policies';
import type { Library } from './world';

/** A page that is broken on purpose: it decides otherwise, or what it stands on is broken. It knows nothing of either. */
export interface Defect {
  /** The mistake, in words. */
  readonly about: string;
  /** The policy that it changes. */
  readonly amend?: (policies: Policies) => Partial<Policies>;
  /** What it breaks before the page starts: the browser, the network, a style sheet, the chart library. */
  readonly spoil?: (library: Library) => void;
}
