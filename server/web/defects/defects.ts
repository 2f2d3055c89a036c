import { asking } from './asking';
import { chart } from './chart';
import type { Defect } from './defect';
import { gestures } from './gestures';
import { network } from './network';
import { telling } from './telling';

/** Every defect, by its name. */
export const DEFECTS: Readonly<Record<string, Defect>> = {
  ...asking,
  ...chart,
  ...gestures,
  ...network,
  ...telling,
};
