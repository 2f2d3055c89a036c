import type { Defect } from './defect';

/** Mistakes in what is drawn, and in when. */
export const chart = {
  'last-candle-not-drawn': {
    about: 'the newest candle is missing in the chart',
    amend: () => ({ drawn: (candles) => candles.slice(0, -1) }),
  },
  'drawn-late': {
    about: 'the candles are there, and are drawn six seconds later',
    amend: () => ({
      draw: (work) => {
        setTimeout(work, 6000);
      },
    }),
  },
  'tooltip-off-by-one': {
    about: 'the tooltip tells of the candle before the one under the pointer',
    amend: ({ pointedAt }) => ({ pointedAt: (candles, position) => pointedAt(candles, position - 1) }),
  },
  'never-done-appearing': {
    about: 'the chart never finishes appearing',
    amend: () => ({ appearsFor: Number.POSITIVE_INFINITY }),
  },
  'zoom-blocks': {
    about: 'each turn of the wheel keeps the page busy',
    spoil: () => {
      window.addEventListener(
        'wheel',
        () => {
          const until = performance.now() + 250;
          while (performance.now() < until);
        },
        { capture: true },
      );
    },
  },
  'controls-too-wide-for-a-phone': {
    about: 'on a narrow screen the ranges run out of it',
    spoil: () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('.segments button { min-width: 64px !important; }');
      document.adoptedStyleSheets.push(sheet);
    },
  },
  'chart-stays-faint': {
    about: 'the chart is still half transparent when it has appeared',
    spoil: () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('.chart { opacity: 0.6; }');
      document.adoptedStyleSheets.push(sheet);
    },
  },
} satisfies Record<string, Defect>;
