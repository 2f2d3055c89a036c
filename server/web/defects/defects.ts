import { asking } from './asking';
import { chart } from './chart';
import { gestures } from './gestures';
import { network } from './network';
import { readers } from './readers';
import { telling } from './telling';

/** Every defect, by its name. */
export const DEFECTS = { ...asking, ...chart, ...gestures, ...network, ...readers, ...telling };

export type DefectName = keyof typeof DEFECTS;
