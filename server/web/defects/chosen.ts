import type { Rules } from '../src/rules';
import { rules as specification } from '../src/specification';
import type { Defect } from './defect';
import { DEFECTS, type DefectName } from './defects';

declare global {
  interface Window {
    /** Set before the page loads: the name of the defect that it shall have. */
    candlecheckDefect?: DefectName;
  }
}

function amended(): Rules {
  const name = window.candlecheckDefect;
  if (!name) return specification;
  const defect: Defect = DEFECTS[name];
  defect.spoil?.();
  return { ...specification, ...defect.amend?.(specification) };
}

/** The page as it should be, but for one defect. */
export const rules = amended();
