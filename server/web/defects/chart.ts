import type { Logical } from 'lightweight-charts';
import type { Defect } from './defect';
import { style, wrap } from './world';

/** Mistakes in what is drawn, and in when. */
export const chart = {
  'last-candle-not-drawn': {
    about: 'the newest candle is missing in the chart',
    spoil: ({ series }) => {
      wrap(series, 'setData', (setData) => (data) => {
        setData(data.slice(0, -1));
      });
    },
  },
  'drawn-late': {
    about: 'the candles are there, and are drawn six seconds later',
    spoil: ({ series }) => {
      wrap(series, 'setData', (setData) => (data) => {
        setTimeout(setData, 6000, data);
      });
    },
  },
  'tooltip-off-by-one': {
    about: 'the tooltip tells of the candle before the one under the pointer',
    spoil: ({ charts }) => {
      wrap(charts, 'subscribeCrosshairMove', (subscribe) => (tell) => {
        subscribe((event) => {
          const { logical } = event;
          tell(logical === undefined ? event : { ...event, logical: (logical - 1) as Logical });
        });
      });
    },
  },
  'two-decimals-for-all': {
    about: 'the axis, the last price and the crosshair have two decimals, whatever the prices are',
    amend: () => ({ places: () => 2 }),
  },
  'prices-as-the-library-writes-them': {
    about:
      'the axis, the last price and the crosshair are written as the chart library does it, in hundredths of a float',
    spoil: ({ series }) => {
      const priceFormat = { type: 'price', precision: 2, minMove: 0.01 } as const;
      wrap(series, 'applyOptions', (applyOptions) => (options) => {
        applyOptions('priceFormat' in options ? { ...options, priceFormat } : options);
      });
    },
  },
  'prices-in-one-line': {
    about: 'a long price runs out of a narrow screen',
    spoil: () => {
      style('.price .now { white-space: nowrap; } .price wbr { display: none; }');
    },
  },
  'tooltip-beside-its-candle': {
    about: 'the tooltip stands beside its candle, whether or not there is room',
    spoil: () => {
      style('.pointed::before { flex-shrink: 0 !important; }');
    },
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
      style('.segments button { min-width: 64px !important; }');
    },
  },
  'chart-stays-faint': {
    about: 'the chart is still half transparent when it has appeared',
    spoil: () => {
      style('.chart { opacity: 0.6; }');
    },
  },
} satisfies Record<string, Defect>;
