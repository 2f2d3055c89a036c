import {
  CandlestickSeries,
  ColorType,
  createChart,
  CrosshairMode,
  HistogramSeries,
  LineStyle,
  type IChartApi,
  type ISeriesApi,
} from 'lightweight-charts';
import { crosshairTime, tickMark } from './marketTime';
import type { Palette } from './palette';
import { WIDEST } from './viewport';

/** The library's chart with its two series. */
export interface Drawing {
  readonly chart: IChartApi;
  readonly prices: ISeriesApi<'Candlestick'>;
  readonly volumes: ISeriesApi<'Histogram'>;
}

const PAGE_FONT = "'Inter Variable', system-ui, sans-serif";

/**
 * Labels in the page's font as soon as it is there: nothing else draws a canvas again when a font has come. Gives what
 * keeps it from happening.
 */
export function inPageFont({ chart }: Drawing): () => void {
  let over = false;
  void document.fonts.load(`12px ${PAGE_FONT}`).finally(() => {
    if (!over) chart.applyOptions({ layout: { fontFamily: PAGE_FONT } });
  });
  return () => {
    over = true;
  };
}

/** An empty drawing that fills its element, whatever becomes of that. */
export function drawingIn(element: HTMLElement): Drawing {
  const chart = createChart(element, {
    autoSize: true,
    layout: { attributionLogo: false, fontFamily: 'system-ui, sans-serif', fontSize: 12 },
    localization: { locale: 'en-US', timeFormatter: crosshairTime },
    crosshair: { mode: CrosshairMode.Normal },
    rightPriceScale: { borderVisible: false, scaleMargins: { top: 0.08, bottom: 0.24 } },
    timeScale: {
      borderVisible: false,
      timeVisible: true,
      tickMarkFormatter: tickMark,
      maxBarSpacing: WIDEST,
      // Who turns the phone, or makes the window smaller, sees the same candles.
      lockVisibleTimeRangeOnResize: true,
    },
    // A finger that moves up and down scrolls the page.
    handleScroll: { vertTouchDrag: false },
  });
  const prices = chart.addSeries(CandlestickSeries, {
    priceLineStyle: LineStyle.Dotted,
  });
  const volumes = chart.addSeries(HistogramSeries, {
    priceScaleId: 'volume',
    priceFormat: { type: 'volume' },
    lastValueVisible: false,
    priceLineVisible: false,
  });
  volumes.priceScale().applyOptions({ scaleMargins: { top: 0.84, bottom: 0 } });
  return { chart, prices, volumes };
}

export function paint({ chart, prices }: Drawing, palette: Palette): void {
  chart.applyOptions({
    layout: { background: { type: ColorType.Solid, color: 'transparent' }, textColor: palette.text },
    grid: { vertLines: { color: palette.grid }, horzLines: { color: palette.grid } },
    crosshair: {
      vertLine: { color: palette.crosshair, labelBackgroundColor: palette.label },
      horzLine: { color: palette.crosshair, labelBackgroundColor: palette.label },
    },
  });
  prices.applyOptions({
    upColor: palette.rising,
    wickUpColor: palette.edge ?? palette.rising,
    downColor: palette.falling,
    wickDownColor: palette.edge ?? palette.falling,
    borderVisible: palette.edge !== undefined,
    borderUpColor: palette.edge ?? palette.rising,
    borderDownColor: palette.edge ?? palette.falling,
    priceLineColor: palette.edge ?? '',
  });
}
