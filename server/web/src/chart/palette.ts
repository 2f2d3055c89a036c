import type { Colours } from '../page/useColours';
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
  /** The edge of each candle, where their fillings alone do not tell them from the ground. */
  readonly edge: string | undefined;
}

const THEMES: Record<Theme, Palette> = {
  light: {
    text: '#5b6475',
    grid: '#edf0f5',
    crosshair: '#9aa3b5',
    label: '#3b4254',
    rising: '#0f9d76',
    falling: '#dd3b53',
    risingVolume: '#0f9d7638',
    fallingVolume: '#dd3b5338',
    edge: undefined,
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
    edge: undefined,
  },
};

/** The palette for a chart that is drawn now. */
export function paletteOf(colours: Colours): Palette {
  if (colours === 'forced') return forced();
  return THEMES[colours === 'paper' ? 'light' : colours];
}

/** In a reader's own colours, candles that rise are hollow. */
function forced(): Palette {
  const [ink, ground, faint] = [systemColour('CanvasText'), systemColour('Canvas'), systemColour('GrayText')];
  return {
    text: ink,
    grid: 'transparent',
    crosshair: ink,
    label: ink,
    rising: ground,
    falling: ink,
    risingVolume: faint,
    fallingVolume: faint,
    edge: ink,
  };
}

/** What a system colour is on this page, in terms that a canvas knows. */
function systemColour(name: string): string {
  const sample = document.createElement('span');
  sample.style.color = name;
  document.body.append(sample);
  const { color } = getComputedStyle(sample);
  sample.remove();
  return color;
}
