import { asking } from './asking';
import { chart } from './chart';
import { gestures } from './gestures';
import { network } from './network';
import { telling } from './telling';

/** Every defect, by its name. */
export const DEFECTS = { ...asking, ...chart, ...gestures, ...network, ...telling };

export type DefectName = keyof typeof DEFECTS;
