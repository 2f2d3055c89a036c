import type { Theme } from '../page/useTheme';

/** The chart's colours: a canvas knows nothing of style sheets. */
export interface Palette {
  readonly text: string;
  readonly grid: string;
  readonly crosshair: string;
  readonly label: string;
  readonly rising: string;
  readonly falling: string;
  readonly risingVolume: string;
  readonly fallingVolume: string;
}

export const PALETTES: Record<Theme, Palette> = {
  light: {
    text: '#5b6475',
    grid: '#edf0f5',
    crosshair: '#9aa3b5',
    label: '#3b4254',
    rising: '#0f9d76',
    falling: '#dd3b53',
    risingVolume: '#0f9d7638',
    fallingVolume: '#dd3b5338',
  },
  dark: {
    text: '#8f9ab0',
    grid: '#1a202d',
    crosshair: '#566178',
    label: '#2b3446',
    rising: '#2bc495',
    falling: '#f4566d',
    risingVolume: '#2bc49538',
    fallingVolume: '#f4566d38',
  },
};
