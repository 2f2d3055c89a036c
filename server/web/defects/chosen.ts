import type { Rules } from '../src/rules';
import { rules as specification } from '../src/specification';
import { DEFECTS } from './defects';

declare global {
  interface Window {
    /** Set before the page loads: the name of the defect that it shall have. */
    candlecheckDefect?: string;
  }
}

function amended(): Rules {
  const name = window.candlecheckDefect;
  if (!name) return specification;
  const defect = DEFECTS[name];
  if (!defect) throw new Error(`there is no defect ${name}; server/web/defects has them all`);
  defect.spoil?.();
  return { ...specification, ...defect.amend?.(specification) };
}

/** The page as it should be, but for one defect. */
export const rules = amended();
