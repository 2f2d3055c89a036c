import { CandlestickSeries, createChart } from 'lightweight-charts';
import type { Policies } from '../src/policies';
import { policies as specification } from '../src/specification';
import type { Defect } from './defect';
import { DEFECTS, type DefectName } from './defects';
import type { Library } from './world';

declare global {
  interface Window {
    /** Set before the page loads: the name of the defect that it shall have. */
    candlecheckDefect?: DefectName;
  }
}

function amended(): Policies {
  const name = window.candlecheckDefect;
  if (!name) return specification;
  const defect: Defect = DEFECTS[name];
  defect.spoil?.(library());
  return { ...specification, ...defect.amend?.(specification) };
}

/** The library exports no classes, so a chart that nobody sees tells its prototypes. */
function library(): Library {
  const chart = createChart(document.createElement('div'));
  const series = chart.addSeries(CandlestickSeries);
  const prototypes = { charts: prototypeOf(chart), series: prototypeOf(series) };
  chart.remove();
  return prototypes;
}

const prototypeOf = <T extends object>(instance: T): T => Object.getPrototypeOf(instance) as T;

/** The page as it should be, but for one defect. */
export const policies = amended();
